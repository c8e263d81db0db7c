import type { Organisation } from '../../../shared/domain/organisation.ts';
import { knownWords, type PasswordOwner } from '../../../shared/domain/password/known-words.ts';
import { PASSWORD_CODES } from '../../../shared/domain/password/password-codes.ts';
import { passwordFault } from '../../../shared/domain/password/password-policy.ts';
import { commonPasswords } from '../../../shared/platform/passwords/common-passwords.ts';
import { Problem, type ProblemCode } from '../../http/problem.ts';

/** What an operation that takes a password may refuse. */
export const OF_PASSWORDS: readonly ProblemCode[] = Object.values(PASSWORD_CODES);

/** Why this person cannot have this password, where that is so. */
export function passwordProblem(
  password: string,
  owner: PasswordOwner,
  organisation: Organisation,
): ProblemCode | undefined {
  const fault = passwordFault(password, knownWords(owner, organisation), commonPasswords);
  return fault && PASSWORD_CODES[fault];
}

/** Every password that somebody chooses comes through here or through `passwordProblem`. */
export function assertPassword(
  password: string,
  owner: PasswordOwner,
  organisation: Organisation,
  field = '/password',
): void {
  const code = passwordProblem(password, owner, organisation);
  if (code !== undefined) throw new Problem(code, { field });
}
