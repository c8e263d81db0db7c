import { namesVariable, unknownVariables } from '../../shared/domain/text-variables.ts';
import { WELCOME_LINK, WELCOME_VARIABLES, type MailText } from '../../shared/domain/welcome/welcome-texts.ts';
import { Problem } from '../http/problem.ts';

/** Every text leads somewhere and names only what there is. A link in a subject would be read by whoever sees the list of mails. */
export function assertWelcomeTexts(texts: Readonly<Record<string, MailText>>): void {
  for (const [language, { subject, text }] of Object.entries(texts)) {
    const field = `/welcomeTexts/${language}`;
    const inSubject = WELCOME_VARIABLES.filter((variable) => variable !== WELCOME_LINK);
    assertKnown(subject, inSubject, `${field}/subject`);
    assertKnown(text, WELCOME_VARIABLES, `${field}/text`);
    if (!namesVariable(text, WELCOME_LINK))
      throw new Problem('WELCOME_LINK_MISSING', { field: `${field}/text` });
  }
}

function assertKnown(text: string, known: readonly string[], field: string): void {
  const [variable] = unknownVariables(text, known);
  if (variable !== undefined)
    throw new Problem('WELCOME_VARIABLE_UNKNOWN', { field, members: { variable, known } });
}
