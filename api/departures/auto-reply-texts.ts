import type { AutoReplyText } from '../../shared/domain/departure.ts';

interface Named {
  readonly name: string;
  readonly address: string;
}

type Language = (leaver: string, contact: Named) => AutoReplyText;

const en: Language = (leaver, { name, address }) => ({
  subject: `${leaver} no longer works here`,
  text: `${leaver} no longer works here. Your message is not read. Please write to ${name} at ${address}.`,
});
const fr: Language = (leaver, { name, address }) => ({
  subject: `${leaver} ne travaille plus ici`,
  text: `${leaver} ne travaille plus ici. Votre message n'est pas lu. Veuillez écrire à ${name}, ${address}.`,
});
const de: Language = (leaver, { name, address }) => ({
  subject: `${leaver} arbeitet nicht mehr hier`,
  text: `${leaver} arbeitet nicht mehr hier. Ihre Nachricht wird nicht gelesen. Bitte schreiben Sie an ${name}, ${address}.`,
});
const it: Language = (leaver, { name, address }) => ({
  subject: `${leaver} non lavora più qui`,
  text: `${leaver} non lavora più qui. Il suo messaggio non viene letto. La preghiamo di scrivere a ${name}, ${address}.`,
});

const LANGUAGES: Readonly<Record<string, Language>> = { en, fr, de, it };

/** The usual text in the language of a locale; English where there is none. Names the contact person and the address. */
export function autoReplyText(locale: string, leaver: string, contact: Named): AutoReplyText {
  const language = LANGUAGES[locale.split('-')[0] ?? ''] ?? en;
  return language(leaver, contact);
}
