import type { Connection } from 'mongoose';
import type { CaseKind } from '../../domain/case-states.ts';
import type { OwnProcedure } from '../../domain/procedure/own-procedure.ts';
import { positionsOf, procedurePosition } from '../../domain/planner/procedure-name.ts';
import { openCollection, within, type StoredDocument } from './collection.ts';

/** The versions of procedures that organisations made. Insert-only: what a case was planned with stays readable. */
export interface ProcedureRepository {
  /** `exists`: somebody made this version already. */
  insert(procedure: OwnProcedure): Promise<'inserted' | 'exists'>;
  get(orgId: string, name: string): Promise<OwnProcedure | undefined>;
  /** Those of one kind, newest first, older than the position `before`. */
  list(
    orgId: string,
    kind: CaseKind,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<readonly OwnProcedure[]>;
  ensureIndexes(): Promise<void>;
}

type ProcedureDocument = StoredDocument & OwnProcedure & { readonly position: string };

const idOf = (orgId: string, name: string): string => `procedure:${orgId}:${name}`;

function restore({ _id: _, position: __, ...procedure }: ProcedureDocument): OwnProcedure {
  return procedure;
}

export function createProcedureRepository(connection: Connection): ProcedureRepository {
  const collection = openCollection<ProcedureDocument>(connection, {
    name: 'procedures',
    fields: {
      name: 'string',
      position: 'string',
      template: 'json',
      basedOn: 'string',
      reason: 'string',
      madeBy: 'string',
      madeAtMs: 'number',
      commandId: 'string',
    },
    indexes: [{ orgId: 1, position: -1 }],
  });
  return {
    insert(procedure) {
      const { orgId, name } = procedure;
      return collection.insert({
        ...procedure,
        _id: idOf(orgId, name),
        position: procedurePosition(name),
      });
    },
    async get(orgId, name) {
      const found = await collection.findOne({ _id: idOf(orgId, name), orgId });
      return found && restore(found);
    },
    async list(orgId, kind, { before, limit }) {
      const { first, last } = positionsOf(kind);
      const position = within(first, before ?? last);
      const found = await collection.find({ orgId, position }, { position: -1 }, limit);
      return found.map(restore);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
