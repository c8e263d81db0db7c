import type { Connection } from 'mongoose';
import type { CaseRecord } from '../../domain/case-record.ts';
import { openCollection, type Collection } from './collection.ts';
import type { Stored } from './stored.ts';

/** What a command that took a revision goes by: the `sequence` the case stood at, and the revision the taking made. */
export interface Taken {
  readonly sequence: number;
  readonly rev: number;
}

/**
 * What only the database needs. `namedIds`: the people the request names, for look-ups by them. `taken`: the commands that
 * took a revision with `If-Match` of late, by their ids.
 */
interface Internal {
  readonly namedIds: readonly string[];
  readonly taken?: Readonly<Record<string, Taken>>;
}
export type CaseDocument = Stored<CaseRecord> & Internal;
export const INTERNAL = ['namedIds', 'taken'] as const satisfies readonly (keyof Internal)[];

/** Cases of every kind. Plan, steps and request are written as they are: their shape is checked at the door. */
export function openCases(connection: Connection): Collection<CaseDocument> {
  return openCollection<CaseDocument>(connection, {
    name: 'cases',
    fields: {
      rev: 'number',
      kind: 'string',
      personId: 'string',
      generation: 'number',
      requestedBy: 'string',
      requestedAtMs: 'number',
      request: 'json',
      namedIds: 'strings',
      engine: 'string',
      workflowId: 'string',
      state: 'string',
      needsAttention: 'boolean',
      guardHeld: 'boolean?',
      undoing: 'boolean?',
      frozen: 'boolean?',
      dueAtMs: 'number?',
      automaticDueAtMs: 'number?',
      plan: 'json',
      steps: 'json',
      sequence: 'number',
      pointOfNoReturnAtMs: 'number?',
      closedAtMs: 'number?',
      taken: 'json?',
    },
    indexes: [
      { orgId: 1, _id: -1 },
      // The embedded store takes the first of those that serve a filter equally well: the one that leaves least to look at.
      { orgId: 1, personId: 1, _id: -1 },
      { orgId: 1, requestedBy: 1, _id: -1 },
      { orgId: 1, state: 1, _id: -1 },
      { orgId: 1, needsAttention: 1, _id: -1 },
      { orgId: 1, kind: 1, _id: -1 },
      { orgId: 1, namedIds: 1, _id: 1 },
      { orgId: 1, dueAtMs: 1 },
      // Across organisations: the reconciler looks for cases that Temporal does not know yet.
      { engine: 1, requestedAtMs: 1 },
      // And the figures of the whole installation (case-figures.ts), which must cost next to nothing.
      { state: 1 },
      { needsAttention: 1 },
      { automaticDueAtMs: 1 },
    ],
  });
}
