import type { AutoReplyText } from '../../shared/domain/departure.ts';

const en: AutoReplyText = {
  subject: '{{leaver}} no longer works here',
  text: '{{leaver}} no longer works here. Your message is not read. Please write to {{contact}} at {{contactAddress}}.',
};
const fr: AutoReplyText = {
  subject: '{{leaver}} ne travaille plus ici',
  text: "{{leaver}} ne travaille plus ici. Votre message n'est pas lu. Veuillez écrire à {{contact}}, {{contactAddress}}.",
};
const de: AutoReplyText = {
  subject: '{{leaver}} arbeitet nicht mehr hier',
  text: '{{leaver}} arbeitet nicht mehr hier. Ihre Nachricht wird nicht gelesen. Bitte schreiben Sie an {{contact}}, {{contactAddress}}.',
};
const it: AutoReplyText = {
  subject: '{{leaver}} non lavora più qui',
  text: '{{leaver}} non lavora più qui. Il suo messaggio non viene letto. La preghiamo di scrivere a {{contact}}, {{contactAddress}}.',
};

const LANGUAGES: Readonly<Record<string, AutoReplyText>> = { en, fr, de, it };

/** `fr` of `fr-CH`. */
export function languageOf(locale: string): string {
  return locale.split('-')[0] ?? '';
}

/** The usual text in the language of a locale; English where there is none. Names the contact person and the address. */
export function usualText(locale: string): AutoReplyText {
  return LANGUAGES[languageOf(locale)] ?? en;
}
