import anyAscii from 'any-ascii';
import type { Person } from '../../domain/person.ts';
import { beginningWith, type Filter } from './collection.ts';

/**
 * A search looks up the first letters in an index and at the rest in what the index gives: an index of every beginning of
 * every name would be larger than the people.
 */
const INDEXED_LENGTHS = [2, 3, 5, 10];
const LONGEST_TEXT = 200;
const PLAIN = /^[ -~]*$/u;

/** How a text is compared in a search: without case, accents and repeated blanks. */
function searchFormOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST_TEXT);
}

/** As it is written, and last in Latin letters, so that Łukasz and Юлия are found by a keyboard that has neither. */
export function searchFormsOf(text: string): readonly string[] {
  const form = searchFormOf(text);
  return PLAIN.test(form) ? [form] : [form, searchFormOf(anyAscii(text))];
}

type Searchable = Pick<Person, 'firstName' | 'lastName' | 'address' | 'aliases' | 'externalId'>;

/** What somebody is found by the beginning of, and the beginnings that are looked up. */
export function searchFieldsOf(person: Searchable) {
  const { firstName, lastName, address, aliases, externalId = '' } = person;
  const names = [firstName, lastName, `${firstName} ${lastName}`, `${lastName} ${firstName}`];
  const parts = [firstName, lastName].flatMap((name) => name.split(/[\s'’-]+/u));
  const forms = [...names, ...parts, address, ...aliases, externalId].flatMap(searchFormsOf);
  const searchTexts = [...new Set(forms)].filter((form) => form !== '');
  return { searchTexts, searchPrefixes: [...new Set(searchTexts.flatMap(beginningsOf))] };
}

/** A text of one letter finds nobody. */
export function searchFilter(text: string): Filter {
  const form = searchFormOf(text);
  const beginning = beginningsOf(form).at(-1) ?? '';
  return {
    searchPrefixes: beginning,
    ...(form === beginning ? {} : { searchTexts: beginningWith(form) }),
  };
}

function beginningsOf(form: string): readonly string[] {
  return INDEXED_LENGTHS.filter((length) => length <= form.length)
    .map((length) => form.slice(0, length).trim())
    .filter((beginning) => beginning.length > 1);
}
