import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { caseStateOf, needsAttention } from '../../shared/domain/case/derive.ts';
import { nextDueAtMs } from '../../shared/domain/case/next-work.ts';
import { stepTable } from '../../shared/domain/case/step-table.ts';
import type { CaseStore } from './case-store.ts';

const PHASE = defineSearchAttributeKey('Phase', 'KEYWORD');
const NEEDS_ATTENTION = defineSearchAttributeKey('NeedsAttention', 'BOOL');
const DUE_AT = defineSearchAttributeKey('DueAt', 'DATETIME');

/**
 * Keeps what an administrator sees in the Temporal UI in step with the case: search attributes, written only when one of
 * them changed, and the step table in the current details, which costs no event.
 */
export function createDisplay(store: CaseStore): { refresh(): void } {
  let shown = '';
  return {
    refresh() {
      const progress = store.now();
      const phase = caseStateOf(progress);
      const attention = needsAttention(progress);
      const dueAtMs = progress.closedAtMs === undefined ? nextDueAtMs(progress) : undefined;
      setCurrentDetails(stepTable(progress));
      const wanted = JSON.stringify([phase, attention, dueAtMs]);
      if (wanted === shown) return;
      shown = wanted;
      upsertSearchAttributes([
        { key: PHASE, value: phase },
        { key: NEEDS_ATTENTION, value: attention },
        { key: DUE_AT, value: dueAtMs === undefined ? null : new Date(dueAtMs) },
      ]);
    },
  };
}
