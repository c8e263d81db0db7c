import { fullNameOf, type Person } from './person.ts';

/** Whether somebody typed this very name. Keyboards write the same letter in two ways; case counts. */
export function isNameOf(person: Pick<Person, 'firstName' | 'lastName'>, typedName: string): boolean {
  return comparable(typedName) === comparable(fullNameOf(person));
}

function comparable(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
