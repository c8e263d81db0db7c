export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** What the texts of a welcome mail may name: `{{firstName}}`. */
export const WELCOME_VARIABLES = ['firstName', 'name', 'address', 'organisation', 'link', 'until'] as const;
export type WelcomeVariable = (typeof WELCOME_VARIABLES)[number];

/** A welcome without it would lead nowhere. */
export const WELCOME_LINK: WelcomeVariable = 'link';

interface UsualText extends MailText {
  /** Added where the mail is to hold a password. */
  readonly password: string;
}

const en: UsualText = {
  subject: 'Your account at {{organisation}}',
  text: [
    'Hello {{firstName}},',
    'your account at {{organisation}} is ready. You sign in as {{address}}.',
    'Set your password here, once, until {{until}}:\n{{link}}',
    'If you are not {{name}}, please delete this message.',
  ].join('\n\n'),
  password: 'Until you set your own, this is your password:\n{{password}}',
};
const fr: UsualText = {
  subject: 'Votre compte chez {{organisation}}',
  text: [
    'Bonjour {{firstName}},',
    'votre compte chez {{organisation}} est prêt. Vous vous connectez avec {{address}}.',
    'Choisissez votre mot de passe ici, une seule fois, au plus tard {{until}} :\n{{link}}',
    "Si vous n'êtes pas {{name}}, veuillez supprimer ce message.",
  ].join('\n\n'),
  password: 'En attendant le vôtre, voici un mot de passe :\n{{password}}',
};
const de: UsualText = {
  subject: 'Ihr Konto bei {{organisation}}',
  text: [
    'Guten Tag {{firstName}}',
    'Ihr Konto bei {{organisation}} ist bereit. Sie melden sich als {{address}} an.',
    'Setzen Sie hier Ihr Passwort, ein einziges Mal, spätestens {{until}}:\n{{link}}',
    'Wenn Sie nicht {{name}} sind, löschen Sie diese Nachricht bitte.',
  ].join('\n\n'),
  password: 'Bis Sie ein eigenes setzen, ist dies Ihr Passwort:\n{{password}}',
};
const it: UsualText = {
  subject: 'Il suo account presso {{organisation}}',
  text: [
    'Buongiorno {{firstName}},',
    'il suo account presso {{organisation}} è pronto. Acceda con {{address}}.',
    'Imposti qui la sua password, una sola volta, entro {{until}}:\n{{link}}',
    'Se lei non è {{name}}, elimini questo messaggio.',
  ].join('\n\n'),
  password: 'Finché non ne imposta una sua, questa è la sua password:\n{{password}}',
};

const LANGUAGES: Readonly<Record<string, UsualText>> = { en, fr, de, it };

/** What is said in a language; `undefined` where we have no text in it. */
export function usualWelcome(language: string): UsualText | undefined {
  return Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
}

/** What is said where there is nothing else. */
export const LAST_WELCOME: UsualText = en;
