import { ROW_FAULTS, type RowFaultCode } from '../../shared/errors/row-faults.ts';
import { PROBLEM_CODES, problemKindOf, type ProblemCode } from '../http/problem.ts';

const API_CODES: ReadonlySet<string> = new Set(PROBLEM_CODES);

/** What the code of a row says, in our words. */
export function sentenceOfFault(code: string): string {
  if (isRowFault(code)) return ROW_FAULTS[code];
  // A release that is gone may have written it.
  return isApiCode(code) ? problemKindOf(code).sentence : 'The row cannot be carried out.';
}

function isRowFault(code: string): code is RowFaultCode {
  return Object.hasOwn(ROW_FAULTS, code);
}

function isApiCode(code: string): code is ProblemCode {
  return API_CODES.has(code);
}
