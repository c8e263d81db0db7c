import type { Connection } from 'mongoose';
import { CASE_STATES, type CaseState } from '../../domain/case-states.ts';
import type { CaseRecord } from '../../domain/case-record.ts';
import { openCases } from './case-collection.ts';
import { atMost } from './collection.ts';

/** Figures of the whole installation, over every organisation. Each is counted in an index; no case is read for it. */
export interface CaseFigures {
  countByState(): Promise<Readonly<Record<CaseState, number>>>;
  countNeedingAttention(): Promise<number>;
  /** Written, and not known to Temporal yet. */
  countNotStarted(): Promise<number>;
  /** Cases with an automatic step that was due at this instant and is not settled; those with the oldest first. */
  listLate(dueUntilMs: number, limit: number): Promise<readonly Pick<CaseRecord, 'plan' | 'steps'>[]>;
}

export function createCaseFigures(connection: Connection): CaseFigures {
  const collection = openCases(connection);
  return {
    async countByState() {
      const counts = await Promise.all(CASE_STATES.map((state) => collection.count({ state })));
      const pairs = CASE_STATES.map((state, at) => [state, counts[at] ?? 0]);
      return Object.fromEntries(pairs) as Record<CaseState, number>;
    },
    countNeedingAttention: () => collection.count({ needsAttention: true }),
    countNotStarted: () => collection.count({ engine: 'requested' }),
    listLate: (dueUntilMs, limit) =>
      collection.find({ automaticDueAtMs: atMost(dueUntilMs) }, { automaticDueAtMs: 1 }, limit),
  };
}
