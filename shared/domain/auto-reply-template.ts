import type { AutoReplyText, AutoReplyTexts } from './departure.ts';

/** What an auto-reply's texts may name: `{{leaver}}`. */
export const AUTO_REPLY_VARIABLES = ['leaver', 'contact', 'contactAddress', 'lastDay'] as const;
export type AutoReplyVariable = (typeof AUTO_REPLY_VARIABLES)[number];

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** The names in double braces that stand for nothing. */
export function unknownVariables(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)].map((match) => match[1] ?? '').filter((name) => !isVariable(name));
}

/** Values are put in as they are: a name that looks like a variable stays a name. */
export function fillIn(
  texts: AutoReplyTexts,
  values: Readonly<Record<AutoReplyVariable, string>>,
): AutoReplyTexts {
  const fill = (text: string): string =>
    text.replace(VARIABLE, (found, name: string) => (isVariable(name) ? values[name] : found));
  const filled = ({ subject, text }: AutoReplyText): AutoReplyText => ({
    subject: fill(subject),
    text: fill(text),
  });
  return { ...filled(texts), ...(texts.internal === undefined ? {} : { internal: filled(texts.internal) }) };
}

/** Another contact can be put in by changing the values alone. */
export function namesContactByVariable(texts: AutoReplyTexts): boolean {
  const names = ({ text }: AutoReplyText): boolean => /\{\{\s*contact(Address)?\s*\}\}/u.test(text);
  return names(texts) && (texts.internal === undefined || names(texts.internal));
}

/** All languages in one reply, in this order. */
export function joinLanguages(texts: readonly AutoReplyText[]): AutoReplyText {
  return {
    subject: texts.map(({ subject }) => subject).join(' / '),
    text: texts.map(({ text }) => text).join('\n\n-- \n\n'),
  };
}

function isVariable(name: string): name is AutoReplyVariable {
  return (AUTO_REPLY_VARIABLES as readonly string[]).includes(name);
}
