import type { AutoReplyText } from '../../shared/domain/departure.ts';
import { languageOf } from '../departures/auto-reply-texts.ts';

interface UsualTexts {
  /** With a day of return. */
  readonly dated: AutoReplyText;
  readonly open: AutoReplyText;
}

const en: UsualTexts = {
  dated: {
    subject: '{{leaver}} is away',
    text: '{{leaver}} is away and back on {{returnDay}}. Your message was delivered. If it cannot wait, please write to {{contact}} at {{contactAddress}}.',
  },
  open: {
    subject: '{{leaver}} is away',
    text: '{{leaver}} is away. Your message was delivered. If it cannot wait, please write to {{contact}} at {{contactAddress}}.',
  },
};
const fr: UsualTexts = {
  dated: {
    subject: '{{leaver}} est en congé',
    text: "{{leaver}} est en congé, de retour le {{returnDay}}. Votre message est arrivé. S'il ne peut attendre, veuillez écrire à {{contact}}, {{contactAddress}}.",
  },
  open: {
    subject: '{{leaver}} est en congé',
    text: "{{leaver}} est en congé. Votre message est arrivé. S'il ne peut attendre, veuillez écrire à {{contact}}, {{contactAddress}}.",
  },
};
const de: UsualTexts = {
  dated: {
    subject: '{{leaver}} ist abwesend',
    text: '{{leaver}} ist abwesend und ab {{returnDay}} wieder da. Ihre Nachricht ist angekommen. Wenn sie nicht warten kann, schreiben Sie bitte an {{contact}}, {{contactAddress}}.',
  },
  open: {
    subject: '{{leaver}} ist abwesend',
    text: '{{leaver}} ist abwesend. Ihre Nachricht ist angekommen. Wenn sie nicht warten kann, schreiben Sie bitte an {{contact}}, {{contactAddress}}.',
  },
};
const it: UsualTexts = {
  dated: {
    subject: '{{leaver}} è assente',
    text: '{{leaver}} è assente, di ritorno il {{returnDay}}. Il suo messaggio è arrivato. Se non può aspettare, la preghiamo di scrivere a {{contact}}, {{contactAddress}}.',
  },
  open: {
    subject: '{{leaver}} è assente',
    text: '{{leaver}} è assente. Il suo messaggio è arrivato. Se non può aspettare, la preghiamo di scrivere a {{contact}}, {{contactAddress}}.',
  },
};

const LANGUAGES: Readonly<Record<string, UsualTexts>> = { en, fr, de, it };

/** The usual text of somebody on leave, in the language of a locale; English where there is none. */
export function usualLeaveText(locale: string, isDated: boolean): AutoReplyText {
  const texts = LANGUAGES[languageOf(locale)] ?? en;
  return isDated ? texts.dated : texts.open;
}
