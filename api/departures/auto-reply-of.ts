import {
  AUTO_REPLY_VARIABLES,
  fillIn,
  joinLanguages,
  type AutoReplyVariable,
} from '../../shared/domain/auto-reply-template.ts';
import type { CountryPreset } from '../../shared/domain/country-presets.ts';
import type { AutoReplyRequest, AutoReplyText, AutoReplyTexts } from '../../shared/domain/departure.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { unknownVariables } from '../../shared/domain/text-variables.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import { Problem } from '../http/problem.ts';
import { languageOf, usualText } from './auto-reply-texts.ts';
import { assertWithinPreset } from './check-preset.ts';
import type { DepartureFields } from './departure-fields.ts';

export interface AutoReplySubject {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly procedure: Pick<DepartureProcedure, 'autoReplyDays'>;
  readonly contact: Person | undefined;
  readonly preset: CountryPreset;
  /** Local date. */
  readonly leaveDate: string;
}

/** In whose languages the texts of a reply are, what is said where nothing was given, and what they may name. */
export interface TextSubject {
  readonly person: Pick<Person, 'locale'>;
  readonly organisation: Pick<Organisation, 'locale'>;
  readonly usualText: (locale: string) => AutoReplyText;
  readonly variables: readonly AutoReplyVariable[];
}

/** On by default; asked for in words it must be possible. Texts are resolved here, so that the reply names who was chosen. */
export function autoReplyOf(
  wanted: DepartureFields['autoReply'],
  of: AutoReplySubject,
): AutoReplyRequest | undefined {
  const { enabled, ...given } = wanted ?? {};
  if (enabled === false) {
    assertNothingElse(given);
    return undefined;
  }
  const { days, ...texts } = given;
  assertWithinPreset(of.preset, 'autoReply', days);
  if (of.contact === undefined) {
    if (wanted !== undefined) throw new Problem('CONTACT_REQUIRED', { field: '/contactPersonId' });
    return undefined;
  }
  const template = templateOf(texts, { ...of, usualText, variables: AUTO_REPLY_VARIABLES });
  const filled = fillIn(template, autoReplyValues(of.person, of.contact, of.leaveDate));
  return { ...filled, days: days ?? usualDays(of), template };
}

/** Who wants no reply says nothing else of it. */
export function assertNothingElse(given: object): void {
  if (Object.values(given).some((one) => one !== undefined))
    throw new Problem('AUTO_REPLY_CONTRADICTION', { field: '/autoReply/enabled' });
}

/** The texts as they were asked for, with their variables. */
export function templateOf(
  { internal, ...texts }: GivenTexts & { readonly internal?: GivenTexts | undefined },
  of: TextSubject,
): AutoReplyTexts {
  const own = textOf(texts, of, of.usualText(localeOf(of)), '/autoReply');
  return {
    ...own,
    ...(internal === undefined ? {} : { internal: textOf(internal, of, own, '/autoReply/internal') }),
  };
}

/** The procedure's, as far as the country allows it. */
function usualDays({ procedure, preset }: AutoReplySubject): number {
  return Math.min(procedure.autoReplyDays ?? preset.autoReply.days, preset.autoReply.maxDays);
}

export function autoReplyValues(
  leaver: Person,
  contact: Person,
  lastDay: string,
): Readonly<Record<(typeof AUTO_REPLY_VARIABLES)[number], string>> {
  return {
    leaver: fullNameOf(leaver),
    contact: fullNameOf(contact),
    contactAddress: contact.address,
    lastDay,
  };
}

type GivenTexts = Pick<
  NonNullable<NonNullable<DepartureFields['autoReply']>['internal']>,
  'subject' | 'text' | 'texts'
>;

/** The leaver's own language first, then the organisation's, then the others by name. */
function textOf(
  { subject, text, texts }: GivenTexts,
  of: TextSubject,
  usual: AutoReplyText,
  field: string,
): AutoReplyText {
  assertVariables({ subject, text }, of, field);
  const ownLanguage = languageOf(localeOf(of));
  const single = subject !== undefined || text !== undefined;
  if (texts === undefined) return { subject: subject ?? usual.subject, text: text ?? usual.text };
  if (single && texts[ownLanguage] !== undefined)
    throw new Problem('AUTO_REPLY_CONTRADICTION', { field: `${field}/texts/${ownLanguage}` });
  const rank = (language: string): number =>
    [ownLanguage, languageOf(of.organisation.locale)].toReversed().indexOf(language);
  const languages = Object.keys(texts).sort((a, b) => rank(b) - rank(a) || a.localeCompare(b));
  const given = languages.flatMap((language) => {
    const one = texts[language];
    if (one === undefined) return [];
    assertVariables(one, of, `${field}/texts/${language}`);
    return [one];
  });
  const own = single ? [{ subject: subject ?? usual.subject, text: text ?? usual.text }] : [];
  return joinLanguages([...own, ...given]);
}

function assertVariables(
  texts: { readonly subject?: string | undefined; readonly text?: string | undefined },
  { variables }: TextSubject,
  field: string,
): void {
  for (const name of ['subject', 'text'] as const) {
    const [variable] = unknownVariables(texts[name] ?? '', variables);
    if (variable !== undefined)
      throw new Problem('AUTO_REPLY_VARIABLE_UNKNOWN', {
        field: `${field}/${name}`,
        members: { variable, known: variables },
      });
  }
}

function localeOf({ person, organisation }: Pick<TextSubject, 'person' | 'organisation'>): string {
  return person.locale ?? organisation.locale;
}
