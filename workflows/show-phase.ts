import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

const PHASE = defineSearchAttributeKey('Phase', 'KEYWORD');

/** What an administrator searches for in the Temporal UI; written only where it changed. */
export function showPhase(phase: string): void {
  if (workflowInfo().typedSearchAttributes.get(PHASE) === phase) return;
  upsertSearchAttributes([{ key: PHASE, value: phase }]);
}
