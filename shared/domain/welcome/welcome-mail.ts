import { escapeHtml } from '../escape-html.ts';
import type { Organisation } from '../organisation.ts';
import { fullNameOf, type Person } from '../person.ts';
import { fillVariables } from '../text-variables.ts';
import { LAST_WELCOME, usualWelcome, type MailText, type WelcomeVariable } from './welcome-texts.ts';

export interface WelcomeOf {
  readonly person: Pick<Person, 'firstName' | 'lastName' | 'address' | 'locale' | 'timeZone'>;
  readonly organisation: Pick<Organisation, 'name' | 'locale' | 'timeZone' | 'welcomeTexts'>;
  /** BCP 47, in place of the person's. */
  readonly locale?: string | undefined;
  /** A setup link, and when it ends. */
  readonly link: string;
  readonly expiresAtMs: number;
  /** Only where the mail was asked to hold one. */
  readonly password?: string | undefined;
}

export interface WelcomeMail extends MailText {
  readonly html: string;
}

/**
 * The mail that tells somebody of a new account: in the first language of the wish, the person and the organisation that there
 * is a text in, the organisation's own before the usual one. The HTML part says the same as the text.
 */
export function welcomeMail(of: WelcomeOf): WelcomeMail {
  const { person, organisation, link, password } = of;
  const { locale, own, usual } = languageOf(of);
  const values: Readonly<Record<WelcomeVariable, string>> = {
    firstName: person.firstName,
    name: fullNameOf(person),
    address: person.address,
    organisation: organisation.name,
    link,
    until: localMinute(of, locale),
  };
  const { subject, text } = own ?? usual;
  const parts = password === undefined ? [text] : [text, usual.password];
  const all = password === undefined ? values : { ...values, password };
  const paragraphs = parts.join('\n\n').split(/\n{2,}/u);
  return {
    subject: fillVariables(subject, values),
    text: `${fillVariables(paragraphs.join('\n\n'), all)}\n`,
    html: htmlOf(locale, paragraphs, all),
  };
}

function languageOf({ locale: wanted, person, organisation }: WelcomeOf) {
  for (const locale of [wanted, person.locale, organisation.locale]) {
    const language = locale?.split('-')[0];
    if (locale === undefined || language === undefined) continue;
    const own = organisation.welcomeTexts?.[language];
    const usual = usualWelcome(language);
    if (own !== undefined || usual !== undefined) return { locale, own, usual: usual ?? LAST_WELCOME };
  }
  return { locale: 'en', own: undefined, usual: LAST_WELCOME };
}

/** In words of the language, with the zone: whoever reads it may be elsewhere. */
function localMinute({ person, organisation, expiresAtMs }: WelcomeOf, locale: string): string {
  const timeZone = person.timeZone ?? organisation.timeZone;
  const words = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  return `${words.format(expiresAtMs)} (${timeZone})`;
}

/** Every value is escaped; the link alone can be followed. */
function htmlOf(
  locale: string,
  paragraphs: readonly string[],
  values: Readonly<Record<string, string>>,
): string {
  const escaped = Object.entries(values).map(([name, value]) => [name, escapeHtml(value)] as const);
  const link = escapeHtml(values['link'] ?? '');
  const shown = { ...Object.fromEntries(escaped), link: `<a href="${link}">${link}</a>` };
  const body = paragraphs.map((text) => fillVariables(escapeHtml(text), shown).replaceAll('\n', '<br>\n'));
  return [
    `<!doctype html>\n<html lang="${escapeHtml(locale)}">\n<head><meta charset="utf-8"></head>\n<body>`,
    ...body.map((text) => `<p>${text}</p>`),
    '</body>\n</html>\n',
  ].join('\n');
}
