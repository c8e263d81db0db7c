import { PROBLEM_CODES, problemKindOf } from '../../http/problem.ts';

/** Why something that was decided could not be started, by the code of the API. */
export function sentenceOfRefusal(code: string): string {
  const known = PROBLEM_CODES.find((one) => one === code);
  // A release that is gone may have written it.
  return known === undefined ? 'It was refused.' : problemKindOf(known).sentence;
}
