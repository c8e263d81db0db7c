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

/** On by default; asked for in words it must be possible. Texts are resolved here, so that the reply names who was chosen. */
export function autoReplyOf(
  wanted: DepartureFields['autoReply'],
  of: AutoReplySubject,
): AutoReplyRequest | undefined {
  const { enabled, days, ...texts } = wanted ?? {};
  if (enabled === false) {
    if (days !== undefined || Object.values(texts).some((given) => given !== undefined))
      throw new Problem('AUTO_REPLY_CONTRADICTION', { field: '/autoReply/enabled' });
    return undefined;
  }
  assertWithinPreset(of.preset, 'autoReply', days);
  if (of.contact === undefined) {
    if (wanted !== undefined) throw new Problem('CONTACT_REQUIRED', { field: '/contactPersonId' });
    return undefined;
  }
  const own = textOf(texts, of, usualText(localeOf(of)), '/autoReply');
  const { internal } = texts;
  const template: AutoReplyTexts = {
    ...own,
    ...(internal === undefined ? {} : { internal: textOf(internal, of, own, '/autoReply/internal') }),
  };
  const filled = fillIn(template, autoReplyValues(of.person, of.contact, of.leaveDate));
  return { ...filled, days: days ?? usualDays(of), template };
}

/** The procedure's, as far as the country allows it. */
function usualDays({ procedure, preset }: AutoReplySubject): number {
  return Math.min(procedure.autoReplyDays ?? preset.autoReply.days, preset.autoReply.maxDays);
}

export function autoReplyValues(
  leaver: Person,
  contact: Person,
  lastDay: string,
): Readonly<Record<AutoReplyVariable, string>> {
  return {
    leaver: fullNameOf(leaver),
    contact: fullNameOf(contact),
    contactAddress: contact.address,
    lastDay,
  };
}

type Texts = Pick<
  NonNullable<NonNullable<DepartureFields['autoReply']>['internal']>,
  'subject' | 'text' | 'texts'
>;

/** The leaver's own language first, then the organisation's, then the others by name. */
function textOf(
  { subject, text, texts }: Texts,
  of: AutoReplySubject,
  usual: AutoReplyText,
  field: string,
): AutoReplyText {
  assertVariables({ subject, text }, field);
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
    assertVariables(one, `${field}/texts/${language}`);
    return [one];
  });
  const own = single ? [{ subject: subject ?? usual.subject, text: text ?? usual.text }] : [];
  return joinLanguages([...own, ...given]);
}

function assertVariables(
  texts: { readonly subject?: string | undefined; readonly text?: string | undefined },
  field: string,
): void {
  for (const name of ['subject', 'text'] as const) {
    const [variable] = unknownVariables(texts[name] ?? '', AUTO_REPLY_VARIABLES);
    if (variable !== undefined)
      throw new Problem('AUTO_REPLY_VARIABLE_UNKNOWN', {
        field: `${field}/${name}`,
        members: { variable, known: AUTO_REPLY_VARIABLES },
      });
  }
}

function localeOf({ person, organisation }: AutoReplySubject): string {
  return person.locale ?? organisation.locale;
}
