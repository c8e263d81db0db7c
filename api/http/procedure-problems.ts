import { PROCEDURE_FAULTS, type ProcedureFaultCode } from '../../shared/errors/procedure-faults.ts';
import type { ProblemKind } from './problem-kind.ts';

type ProcedureProblems = Readonly<Record<ProcedureFaultCode, ProblemKind>>;

/** Whatever is wrong with a version of a procedure, or with what is asked of one. */
export const PROCEDURE_PROBLEMS = {
  ...(Object.fromEntries(
    Object.entries(PROCEDURE_FAULTS).map(([code, sentence]) => [code, { status: 422, sentence }]),
  ) as ProcedureProblems),
  PROCEDURE_NOT_FOUND: { status: 404, sentence: 'There is no such version of the procedure.' },
  PROCEDURE_UNKNOWN: { status: 422, sentence: 'There is no such version of the procedure.' },
  PROCEDURE_NOT_NEWER: {
    status: 409,
    sentence: 'The departure goes by this version of the procedure already, or by a newer one.',
  },
  PROCEDURE_GATE_TRIED: {
    status: 409,
    sentence: 'The purge gate was passed or tried: what was approved is carried out as it is.',
  },
  PROCEDURE_OUTDATED: {
    status: 409,
    sentence: 'Somebody made a newer version in the meantime: look at it, and base yours on it.',
  },
  PROCEDURE_IN_FORCE_CHANGED: {
    status: 409,
    sentence: 'Another version of the procedure is in force by now: look at it first.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
