import type { CaseKind } from '../case-states.ts';
import { caseKindOfProcedure } from '../planner/procedure-name.ts';
import { DELETION_PROCEDURES } from './kinds/deletion.ts';
import { DEPARTURE_PROCEDURES } from './kinds/departure.ts';
import { LEAVE_PROCEDURES } from './kinds/leave.ts';
import { ONBOARDING_PROCEDURES } from './kinds/onboarding.ts';
import { ROLE_CHANGE_PROCEDURES } from './kinds/role-change.ts';
import type { ProcedureKind } from './procedure-kind.ts';

/** Every kind of case goes by versions of a procedure. */
const PROCEDURE_KINDS: Readonly<Record<CaseKind, ProcedureKind>> = {
  onboarding: ONBOARDING_PROCEDURES,
  role_change: ROLE_CHANGE_PROCEDURES,
  leave: LEAVE_PROCEDURES,
  departure: DEPARTURE_PROCEDURES,
  deletion: DELETION_PROCEDURES,
};

export function procedureKind(kind: CaseKind): ProcedureKind {
  return PROCEDURE_KINDS[kind];
}

/** The kind that a name belongs to; `undefined`: it is no name of a procedure. */
export function procedureKindOf(name: string): ProcedureKind | undefined {
  const kind = caseKindOfProcedure(name);
  return kind && procedureKind(kind);
}
