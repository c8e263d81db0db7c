import type { Person } from '../../shared/domain/person.ts';
import { isNameOf } from '../../shared/domain/typed-name.ts';
import { Problem } from '../http/problem.ts';

/** Typing the full name keeps from meaning somebody else. */
export function assertTypedName(
  person: Pick<Person, 'firstName' | 'lastName'>,
  { typedName }: { readonly typedName: string },
): void {
  if (!isNameOf(person, typedName)) throw new Problem('NAME_MISMATCH', { field: '/typedName' });
}
