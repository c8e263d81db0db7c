import { localPartOf } from '../../naming/address-limits.ts';
import { holdsName } from '../../naming/holds-name.ts';
import { isReserved } from '../../naming/reserved-names.ts';
import type { AliasFacts } from '../account-facts.ts';
import type { ReviewRule, ReviewSubject } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { DAYS, fromDays, seen } from './found-words.ts';

/** An alias is the person's, in every target that knows it. */
export const aliasUnused: ReviewRule = {
  name: 'alias_unused',
  title: 'Alias without mail',
  description:
    'To an alias of somebody who is here no mail came for so many days, in any target, and it is known to be there for as long. Of an alias of which a target does not know since when it is there, nothing is said.',
  threshold: { ...DAYS, usual: 180 },
  usuallyOn: true,
  proposes: 'remove_alias',
  allows: ['remove_alias'],
  find(subject, { nowMs, threshold }) {
    return aliasesOf(subject).flatMap(({ about, facts, targets }) => {
      const known = facts.map(lastKnownAtMs);
      if (known.includes(undefined)) return [];
      const value = daysBetween(Math.max(...known.flatMap((atMs) => atMs ?? [])), nowMs);
      if (value < threshold) return [];
      const evidence = {
        alias: about,
        targets,
        sinceAtMs: latest(facts.flatMap(({ sinceMs }) => sinceMs ?? [])),
        lastMailAtMs: latest(facts.flatMap(({ lastMailAtMs }) => lastMailAtMs ?? [])),
      };
      return [{ value, about, evidence: seen(evidence) }];
    });
  },
  explain: ({ value }, threshold) => `No mail came to the alias for ${value} days; ${fromDays(threshold)}`,
};

export const aliasOfNoName: ReviewRule = {
  name: 'alias_of_no_name',
  title: 'Alias of another name',
  description:
    'What is before the @ of an alias holds neither a first nor a last name of the person, as names are written in addresses: without dots, hyphens, digits and case. An initial alone is no name. Not found: reserved names such as info, people whose names cannot be written in an address, and people who are not here.',
  usuallyOn: true,
  proposes: 'remove_alias',
  allows: ['remove_alias'],
  find(subject, { organisation, transliteration }) {
    const { person } = subject;
    if (person === undefined) return [];
    const locale = person.locale ?? organisation.locale;
    return aliasesOf(subject)
      .filter(({ about }) => !isReserved(localPartOf(about)))
      .filter(({ about }) => holdsName(localPartOf(about), person, locale, transliteration) === false)
      .map(({ about, targets }) => ({
        value: localPartOf(about),
        about,
        evidence: { alias: about, targets },
      }));
  },
  explain: () => 'The alias holds neither a first nor a last name that the person has now.',
};

interface PersonAlias {
  readonly about: string;
  /** One of each target. */
  readonly facts: readonly AliasFacts[];
  readonly targets: readonly string[];
}

/** Aliases can be taken only from people who are here. */
function aliasesOf({ person, accounts }: ReviewSubject): readonly PersonAlias[] {
  if (person?.status !== 'active') return [];
  const all = accounts.flatMap(({ target, aliases }) =>
    aliases.map((facts) => ({ target, facts, about: facts.address.toLowerCase() })),
  );
  return [...new Set(all.map(({ about }) => about))].map((about) => {
    const those = all.filter((one) => one.about === about);
    return { about, facts: those.map(({ facts }) => facts), targets: those.map(({ target }) => target) };
  });
}

function lastKnownAtMs({ sinceMs, lastMailAtMs }: AliasFacts): number | undefined {
  return latest([sinceMs, lastMailAtMs].flatMap((atMs) => atMs ?? []));
}

function latest(instants: readonly number[]): number | undefined {
  return instants.length === 0 ? undefined : Math.max(...instants);
}
