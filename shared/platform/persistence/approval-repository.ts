import type { Connection } from 'mongoose';
import { openCollection, type StoredDocument } from './collection.ts';

/** Who let a step pass that needs somebody's approval. Written before the case is told. */
interface Approval {
  readonly orgId: string;
  readonly caseId: string;
  readonly stepKey: string;
  readonly approvedBy: string;
  readonly atMs: number;
}

export interface ApprovalRepository {
  /** Writes once and gives what is stored: the first approval stands. */
  record(approval: Approval): Promise<Approval>;
  get(orgId: string, caseId: string, stepKey: string): Promise<Approval | undefined>;
  ensureIndexes(): Promise<void>;
}

type ApprovalDocument = StoredDocument & Approval;

const idOf = (caseId: string, stepKey: string): string => `apr:${caseId}:${stepKey}`;

function restore(document: ApprovalDocument): Approval {
  const { orgId, caseId, stepKey, approvedBy, atMs } = document;
  return { orgId, caseId, stepKey, approvedBy, atMs };
}

export function createApprovalRepository(connection: Connection): ApprovalRepository {
  const collection = openCollection<ApprovalDocument>(connection, {
    name: 'approvals',
    fields: {
      caseId: 'string',
      stepKey: 'string',
      approvedBy: 'string',
      atMs: 'number',
    },
    indexes: [{ orgId: 1, caseId: 1 }],
  });
  async function get(orgId: string, caseId: string, stepKey: string): Promise<Approval | undefined> {
    const found = await collection.findOne({ _id: idOf(caseId, stepKey), orgId });
    return found && restore(found);
  }
  return {
    async record(approval) {
      const { orgId, caseId, stepKey } = approval;
      if ((await collection.insert({ ...approval, _id: idOf(caseId, stepKey) })) === 'inserted')
        return approval;
      const found = await get(orgId, caseId, stepKey);
      if (found === undefined) throw new Error(`the approval of ${caseId} belongs to another organisation`);
      return found;
    },
    get,
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
