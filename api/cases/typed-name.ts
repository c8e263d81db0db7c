import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { Problem } from '../http/problem.ts';

/** Typing the full name keeps from meaning somebody else. */
export function assertTypedName(
  person: Pick<Person, 'firstName' | 'lastName'>,
  { typedName }: { readonly typedName: string },
): void {
  if (comparable(typedName) !== comparable(fullNameOf(person)))
    throw new Problem('NAME_MISMATCH', { field: '/typedName' });
}

/** Keyboards write the same letter in two ways; case counts. */
function comparable(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
