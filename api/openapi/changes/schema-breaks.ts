import type { JsonSchema } from '../json-schemas.ts';
import { answerLimitBreaks, requestLimitBreaks } from './limit-breaks.ts';
import { assertComparable, formsOf, membersOf, typesOf, wordsOf, type Members } from './schema-parts.ts';

/** What is compared, on which side, and how the references of each version are followed. */
export interface Compared {
  /** A request must go on to be taken; an answer must go on to hold what it held. */
  readonly side: 'request' | 'answer';
  /** How a sentence calls it. */
  readonly what: string;
  readonly followBefore: (schema: JsonSchema) => JsonSchema;
  readonly followAfter: (schema: JsonSchema) => JsonSchema;
}

interface Place extends Compared {
  /** A JSON pointer, with `*` for each item or further member; empty: the whole. */
  readonly at: string;
}

type Compare = (before: JsonSchema, after: JsonSchema, place: Place) => readonly string[];

/**
 * Why a caller of the old version cannot live with the new one, a sentence each. Members that an answer gains, and words
 * that a list of words in it gains, are no break: callers are told to ignore what they do not know.
 */
export function schemaBreaks(before: JsonSchema, after: JsonSchema, of: Compared): readonly string[] {
  return compare(before, after, { ...of, at: '' });
}

const compare: Compare = (old, next, place) => {
  const [before, after] = [place.followBefore(old), place.followAfter(next)];
  assertComparable(before);
  assertComparable(after);
  const [formsBefore, formsAfter] = [formsOf(before), formsOf(after)];
  if (formsBefore !== undefined || formsAfter !== undefined)
    return formBreaks(formsBefore ?? [before], formsAfter ?? [after], place);
  const types = typeBreaks(before, after, place);
  if (types.length > 0) return types;
  const limits = place.side === 'request' ? requestLimitBreaks : answerLimitBreaks;
  const members = place.side === 'request' ? requestMemberBreaks : answerMemberBreaks;
  return [
    ...wordBreaks(before, after, place),
    ...limits(before, after).map((change) => `${nameOf(place)} ${change}.`),
    ...members(before, after, place),
    ...compareParts(before.items, after.items, within(place, '*')),
  ];
};

/** Whatever was sent must be taken in one of the new forms; whatever comes must have one of the old ones. */
function formBreaks(
  before: readonly JsonSchema[],
  after: readonly JsonSchema[],
  place: Place,
): readonly string[] {
  const isRequest = place.side === 'request';
  const [given, allowed] = isRequest ? [before, after] : [after, before];
  return given.flatMap((form) => {
    const tries = allowed.map((one) => (isRequest ? compare(form, one, place) : compare(one, form, place)));
    if (tries.some((breaks) => breaks.length === 0)) return [];
    const [only = [], ...others] = tries;
    if (others.length === 0) return only;
    return [
      `${nameOf(place)} ${isRequest ? 'is no longer taken in one of its forms' : 'may have another form'}.`,
    ];
  });
}

const typeBreaks: Compare = (before, after, place) => {
  const [old, next] = [typesOf(before), typesOf(after)];
  const [given, allowed] = place.side === 'request' ? [old, next] : [next, old];
  const fits = (type: string): boolean =>
    allowed?.includes(type) !== false || (type === 'integer' && allowed.includes('number'));
  if (allowed === undefined || given?.every(fits) === true) return [];
  const shown = (types: readonly string[] | undefined): string => types?.join(' or ') ?? 'anything';
  return [`${nameOf(place)} was ${shown(old)} and is ${shown(next)}.`];
};

const wordBreaks: Compare = (before, after, place) => {
  const [old, next] = [wordsOf(before), wordsOf(after)];
  if (place.side === 'answer') {
    const goesOn = before.const === undefined || before.const === after.const;
    return goesOn ? [] : [`${nameOf(place)} is no longer always ${JSON.stringify(before.const)}.`];
  }
  if (next === undefined) return [];
  if (old === undefined) return [`${nameOf(place)} takes only ${next.join(', ')}.`];
  const gone = old.filter((word) => !next.includes(word));
  return gone.length === 0 ? [] : [`${nameOf(place)} no longer takes ${gone.join(', ')}.`];
};

const requestMemberBreaks: Compare = (before, after, place) => {
  const [old, next] = [membersOf(before), membersOf(after)];
  const kept = Object.entries(old.named).flatMap(([name, member]) =>
    taken(member, next.named[name] ?? next.others, within(place, name)),
  );
  const needed = next.required.filter((name) => !old.required.includes(name));
  const { others } = old;
  return [
    ...kept,
    ...needed.map((name) => `${nameOf(within(place, name))} is required now.`),
    ...(others === 'none' ? [] : taken(others === 'anything' ? {} : others, next.others, within(place, '*'))),
    ...compareParts(before.propertyNames, after.propertyNames, within(place, '* (its name)')),
  ];
};

/** A member that was sent, and what is taken in its place. */
function taken(member: JsonSchema, next: Members['others'], place: Place): readonly string[] {
  if (next === 'anything') return [];
  return next === 'none' ? [`${nameOf(place)} is no longer taken.`] : compare(member, next, place);
}

const answerMemberBreaks: Compare = (before, after, place) => {
  const [old, next] = [membersOf(before), membersOf(after)];
  const kept = Object.entries(old.named).flatMap(([name, member]) => {
    const given = next.named[name];
    const inside = within(place, name);
    if (given === undefined) return [`${nameOf(inside)} is no longer given.`];
    const less = old.required.includes(name) && !next.required.includes(name);
    return [
      ...(less ? [`${nameOf(inside)} is no longer always given.`] : []),
      ...compare(member, given, inside),
    ];
  });
  if (typeof old.others === 'string' || next.others === 'none') return kept;
  return [...kept, ...compare(old.others, next.others === 'anything' ? {} : next.others, within(place, '*'))];
};

/** Where both versions have such a part; one that is absent says nothing. */
function compareParts(before: unknown, after: unknown, place: Place): readonly string[] {
  if (before === undefined && after === undefined) return [];
  return compare((before ?? {}) as JsonSchema, (after ?? {}) as JsonSchema, place);
}

function within(place: Place, name: string): Place {
  return { ...place, at: `${place.at}/${name}` };
}

function nameOf({ at, what }: Place): string {
  return at === '' ? what : `${at} of ${what}`;
}
