import type { Connection } from 'mongoose';
import type { CaseRecord } from '../../domain/case-record.ts';
import { openCollection, type Collection } from './collection.ts';
import type { Stored } from './stored.ts';

/** Cases of every kind. Plan, steps and request are written as they are: their shape is checked at the door. */
export function openCases(connection: Connection): Collection<Stored<CaseRecord>> {
  return openCollection<Stored<CaseRecord>>(connection, {
    name: 'cases',
    fields: {
      rev: 'number',
      kind: 'string',
      personId: 'string',
      generation: 'number',
      requestedBy: 'string',
      requestedAtMs: 'number',
      request: 'json',
      engine: 'string',
      workflowId: 'string',
      state: 'string',
      needsAttention: 'boolean',
      dueAtMs: 'number?',
      plan: 'json',
      steps: 'json',
      sequence: 'number',
      pointOfNoReturnAtMs: 'number?',
      closedAtMs: 'number?',
    },
    indexes: [
      { orgId: 1, _id: -1 },
      { orgId: 1, state: 1, _id: -1 },
      { orgId: 1, needsAttention: 1, _id: -1 },
      { orgId: 1, personId: 1, _id: -1 },
      // The one index across organisations: the reconciler looks for cases that Temporal does not know yet.
      { engine: 1, requestedAtMs: 1 },
    ],
  });
}
