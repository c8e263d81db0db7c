import { CASE_KINDS, type CaseKind } from '../case-states.ts';
import { caseKindOfProcedure } from '../planner/procedure-name.ts';
import { DELETION_PROCEDURES } from './kinds/deletion.ts';
import { DEPARTURE_PROCEDURES } from './kinds/departure.ts';
import type { ProcedureKind } from './procedure-kind.ts';

/** Kinds of case whose procedure has versions. */
const PROCEDURE_KINDS = {
  departure: DEPARTURE_PROCEDURES,
  deletion: DELETION_PROCEDURES,
} as const satisfies Partial<Readonly<Record<CaseKind, ProcedureKind>>>;
export type KindWithProcedure = keyof typeof PROCEDURE_KINDS;
export const KINDS_WITH_PROCEDURE = CASE_KINDS.filter(
  (kind): kind is KindWithProcedure => kind in PROCEDURE_KINDS,
);

export function procedureKind(kind: KindWithProcedure): ProcedureKind {
  return PROCEDURE_KINDS[kind];
}

/** The kind that a name belongs to; `undefined`: it is no name of a procedure. */
export function procedureKindOf(name: string): ProcedureKind | undefined {
  const kind = caseKindOfProcedure(name);
  return kind !== undefined && kind in PROCEDURE_KINDS ? procedureKind(kind as KindWithProcedure) : undefined;
}
