import type { AutoReplyText, AutoReplyTexts } from './departure.ts';
import { fillVariables, namesVariable } from './text-variables.ts';

/** What the texts of a departure's auto-reply may name: `{{leaver}}`. */
export const AUTO_REPLY_VARIABLES = ['leaver', 'contact', 'contactAddress', 'lastDay'] as const;
/** And those of a leave: the day of the return is filled in when the reply is given, as the leave may have been moved. */
export const LEAVE_REPLY_VARIABLES = ['leaver', 'contact', 'contactAddress', 'returnDay'] as const;
export type AutoReplyVariable =
  (typeof AUTO_REPLY_VARIABLES)[number] | (typeof LEAVE_REPLY_VARIABLES)[number];

/** Values are put in as they are: a name that looks like a variable stays a name. What has no value stays a variable. */
export function fillIn(
  texts: AutoReplyTexts,
  values: Readonly<Partial<Record<AutoReplyVariable, string>>>,
): AutoReplyTexts {
  const filled = ({ subject, text }: AutoReplyText): AutoReplyText => ({
    subject: fillVariables(subject, values),
    text: fillVariables(text, values),
  });
  return { ...filled(texts), ...(texts.internal === undefined ? {} : { internal: filled(texts.internal) }) };
}

/** Another contact can be put in by changing the values alone. */
export function namesContactByVariable(texts: AutoReplyTexts): boolean {
  const names = ({ text }: AutoReplyText): boolean =>
    namesVariable(text, 'contact') || namesVariable(text, 'contactAddress');
  return names(texts) && (texts.internal === undefined || names(texts.internal));
}

/** All languages in one reply, in this order. */
export function joinLanguages(texts: readonly AutoReplyText[]): AutoReplyText {
  return {
    subject: texts.map(({ subject }) => subject).join(' / '),
    text: texts.map(({ text }) => text).join('\n\n-- \n\n'),
  };
}
