import type { Connection } from 'mongoose';
import type { Reassignment } from '../../domain/reference.ts';
import { openCollection } from './collection.ts';
import { fromStored, toStored, type Stored } from './stored.ts';

/** Who was given what of a leaver. Insert-only: the first word on a reference stands, so that a repeated step says the same. */
export interface ReassignmentRepository {
  /** Writes once and gives what is stored. */
  intend(reassignment: Reassignment): Promise<Reassignment>;
  listByCase(orgId: string, caseId: string): Promise<readonly Reassignment[]>;
  ensureIndexes(): Promise<void>;
}

/** Far more than anybody has. */
const MOST_OF_A_CASE = 10_000;

export function createReassignmentRepository(connection: Connection): ReassignmentRepository {
  const collection = openCollection<Stored<Reassignment>>(connection, {
    name: 'reassignments',
    fields: {
      caseId: 'string',
      kind: 'string',
      holderId: 'string',
      fromId: 'string',
      toId: 'string',
      atMs: 'number',
    },
    indexes: [{ orgId: 1, caseId: 1 }],
  });
  return {
    async intend(reassignment) {
      const { id, orgId } = reassignment;
      if ((await collection.insert(toStored(reassignment))) === 'inserted') return reassignment;
      const found = await collection.findOne({ _id: id, orgId });
      if (found === undefined) throw new Error(`the reassignment ${id} belongs to another organisation`);
      return fromStored(found);
    },
    async listByCase(orgId, caseId) {
      const found = await collection.find({ orgId, caseId }, { _id: 1 }, MOST_OF_A_CASE);
      return found.map((document) => fromStored(document));
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
