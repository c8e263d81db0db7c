import type { Person } from '../../domain/person.ts';

const SHORTEST = 2;
const LONGEST = 24;

/** How a text is compared in a search: without case, accents and repeated blanks; cut at the longest prefix kept. */
export function searchFormOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}

type Searchable = Pick<Person, 'firstName' | 'lastName' | 'address' | 'externalId'>;

/** Every beginning a person is found by. Stored with the person, so that a search is one look-up in an index. */
export function searchPrefixesOf(person: Searchable): readonly string[] {
  const texts = [
    `${person.firstName} ${person.lastName}`,
    `${person.lastName} ${person.firstName}`,
    ...person.firstName.split(/[\s-]+/u),
    ...person.lastName.split(/[\s-]+/u),
    person.address,
    person.externalId ?? '',
  ];
  const prefixes = texts.flatMap((text) => {
    const form = searchFormOf(text);
    return Array.from({ length: form.length }, (_, index) => form.slice(0, index + 1).trim());
  });
  return [...new Set(prefixes)].filter((prefix) => prefix.length >= SHORTEST);
}
