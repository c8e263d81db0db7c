import type { Person } from '../../../shared/domain/person.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { localDate, localMinute, type NoticeText } from '../../notices/notice-texts.ts';

export interface Warned {
  readonly finding: Finding;
  readonly person: Person;
  readonly organisationName: string;
  readonly disableAtMs: number;
  readonly timeZone: string;
  readonly isSecond: boolean;
}

/** To the person whose account is about to be disabled. */
export function warning(warned: Warned): NoticeText {
  const { finding, person, organisationName, disableAtMs, timeZone, isSecond } = warned;
  const rule = ruleNamed(finding.rule);
  const reminder = isSecond ? 'Reminder: your' : 'Your';
  const keepIt =
    rule.answeredBySignIn === true
      ? 'To keep it, sign in once before then. There is nothing else to do.'
      : 'If you still need it, please speak with your manager, or with those who look after the accounts, before then.';
  return {
    subject: `${reminder} account ${person.address} will be disabled on ${localDate(disableAtMs, timeZone)}`,
    text: [
      `Dear ${person.firstName},`,
      '',
      `your account at ${organisationName} (${person.address}) will be disabled on ${localMinute(disableAtMs, timeZone)}. From then on nobody can sign in to it; mail goes on arriving.`,
      '',
      `That was decided in a review of the accounts. What it found: ${rule.explain(finding, finding.threshold)}`,
      '',
      keepIt,
    ].join('\n'),
  };
}
