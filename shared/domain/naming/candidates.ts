import { cutTo } from './address-limits.ts';
import { CONVENTION_KINDS, missingName } from './conventions.ts';
import type { LatinNames } from './latin-names.ts';
import type { CollisionRule, Convention, NamingRule } from './naming-rule.ts';
import type { GivenBy, PassedOverCode } from './naming-words.ts';
import { isReserved } from './reserved-names.ts';

export const FIRST_NUMBER = 2;
export const HIGHEST_NUMBER = 9_999;

/** One after the other, where the convention gives a reserved name. */
const OTHER_FORMS: readonly Convention[] = ['first.last', 'f.last', 'last.first'];

/** What may stand before the @, and which rule says so. */
export interface Candidate {
  readonly localPart: string;
  readonly by: Exclude<GivenBy, 'earlier_attempt'>;
  /** Given to nobody, for this reason. */
  readonly refused?: Extract<PassedOverCode, 'RESERVED' | 'NAME_MISSING' | 'SAME_AGAIN'>;
}

/**
 * Everything a person may be given, in the order in which it is tried: the convention, the organisation's rule for what is
 * taken, other forms where the convention gives a reserved name, numbers. Whoever chooses takes the first one that is free.
 */
export function* candidatesOf(
  names: LatinNames,
  rule: NamingRule,
  room: number,
): Generator<Candidate, void, undefined> {
  const forms = formsOf(names, rule, room);
  yield* forms;
  const base = numberedForm(forms);
  if (base === undefined) return;
  for (let number = FIRST_NUMBER; number <= HIGHEST_NUMBER; number += 1) {
    const localPart = numbered(base, number, room);
    if (localPart === undefined) return;
    yield candidate('number', localPart, forms);
  }
}

/** Whether an address that somebody chose is one that these names may be given. */
export function isCandidate(localPart: string, names: LatinNames, rule: NamingRule, room: number): boolean {
  const forms = formsOf(names, rule, room);
  if (forms.some((form) => form.refused === undefined && form.localPart === localPart)) return true;
  const base = numberedForm(forms);
  // A name may end with a digit as well: every length of the number is tried.
  return [1, 2, 3, 4].some((digits) => {
    const behind = localPart.slice(-digits);
    const isNumber = /^[1-9]\d*$/u.test(behind) && Number(behind) >= FIRST_NUMBER;
    return isNumber && base !== undefined && localPart === numbered(base, Number(behind), room);
  });
}

/** The form is cut, never the number; `undefined` where nothing would be left of it. */
function numbered(form: string, number: number, room: number): string | undefined {
  const behind = String(number);
  const kept = cutTo(room - behind.length, form);
  return kept === '' ? undefined : `${kept}${behind}`;
}

/** Without numbers. */
function formsOf(names: LatinNames, { convention, onCollision }: NamingRule, room: number) {
  const forms: Candidate[] = [];
  const add = (by: Candidate['by'], text: string): void => {
    forms.push(candidate(by, cutTo(room, text), forms));
  };
  add('convention', formOf(names, convention));
  if (onCollision !== 'number') add('collision_rule', collisionForm(names, convention, onCollision));
  if (forms[0]?.refused === 'RESERVED')
    for (const other of OTHER_FORMS) if (other !== convention) add('other_form', formOf(names, other));
  return forms;
}

function formOf(names: LatinNames, convention: Convention): string {
  return missingName(names, convention) === undefined ? CONVENTION_KINDS[convention].localPart(names) : '';
}

function collisionForm(
  names: LatinNames,
  convention: Convention,
  onCollision: Exclude<CollisionRule, 'number'>,
): string {
  if (onCollision === 'f.lastname') return formOf(names, 'f.last');
  const { secondInitial } = names;
  return secondInitial === '' ? '' : CONVENTION_KINDS[convention].localPart(names, secondInitial);
}

function candidate(by: Candidate['by'], localPart: string, earlier: readonly Candidate[]): Candidate {
  const refused = refusalOf(localPart, earlier);
  return { localPart, by, ...(refused === undefined ? {} : { refused }) };
}

function refusalOf(localPart: string, earlier: readonly Candidate[]): Candidate['refused'] {
  if (localPart === '') return 'NAME_MISSING';
  if (earlier.some((form) => form.localPart === localPart)) return 'SAME_AGAIN';
  return isReserved(localPart) ? 'RESERVED' : undefined;
}

/** Numbers stand behind the form of the convention; where that is reserved, behind the first other form. */
function numberedForm(forms: readonly Candidate[]): string | undefined {
  return forms.find(({ by, refused }) => by !== 'collision_rule' && refused === undefined)?.localPart;
}
