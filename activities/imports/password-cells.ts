import { guessColumns } from '../../shared/domain/imports/guess-columns.ts';
import { hasSurplus, mapColumns, pickFields } from '../../shared/domain/imports/map-columns.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { StagedRow } from '../../shared/domain/imports/import-row.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { knownWords } from '../../shared/domain/password/known-words.ts';
import { splitWords } from '../../shared/domain/imports/list-value.ts';
import { PASSWORD_CODES } from '../../shared/domain/password/password-codes.ts';
import { passwordFault } from '../../shared/domain/password/password-policy.ts';
import { commonPasswords } from '../../shared/platform/passwords/common-passwords.ts';
import { hashPassword } from '../../shared/platform/passwords/hash-password.ts';

/** What a row of the file is once its password is taken out of it. */
export interface SplitRow {
  readonly values: readonly string[];
  /** In clear: for this moment alone. */
  readonly password?: string;
}

/** The column that holds passwords; `-1`: none does. */
export function passwordColumnOf({ headers, corrections }: PeopleImport): number {
  return mapColumns(headers, corrections).fields.indexOf('password');
}

/** Takes passwords out of rows, also those of a column that looks like one and is left alone. */
export function passwordSplitter(theImport: PeopleImport, passwordColumn: number) {
  const { headers, corrections } = theImport;
  const { fields } = mapColumns(headers, corrections);
  const secret = new Set(
    [...headers.keys()].filter((column) => {
      const looksLikeOne = guessColumns([headers[column] ?? ''])[0] === 'password';
      return column === passwordColumn || (looksLikeOne && (fields[column] ?? null) === null);
    }),
  );
  const first = Math.min(...secret);
  return (values: readonly string[]): SplitRow => {
    // A delimiter too many moved everything behind it: the password may stand anywhere from its column on.
    const isMoved = hasSurplus(headers, values);
    const password = isMoved ? '' : (values[passwordColumn] ?? '');
    return {
      values: values.map((value, column) =>
        secret.has(column) || (isMoved && column >= first) ? '' : value,
      ),
      ...(password.trim() === '' ? {} : { password }),
    };
  };
}

/** The hash the directory will keep, or why it would not take such a password. */
export async function judgedPassword(
  password: string,
  values: readonly string[],
  theImport: PeopleImport,
  organisation: Organisation,
): Promise<NonNullable<StagedRow['password']>> {
  if (/[\p{Cc}\p{Cs}]/u.test(password)) return { fault: 'INVALID_REQUEST' };
  const fields = pickFields(mapColumns(theImport.headers, theImport.corrections).fields, values);
  const { firstName = '', lastName = '', address, aliases = '' } = fields;
  const owner = { firstName, lastName, address, aliases: splitWords(aliases) };
  const fault = passwordFault(password, knownWords(owner, organisation), commonPasswords);
  return fault === undefined ? { hash: await hashPassword(password) } : { fault: PASSWORD_CODES[fault] };
}
