import type { Credentials } from '../../shared/domain/onboarding.ts';
import { fullNameOf } from '../../shared/domain/person.ts';
import { welcomeMail } from '../../shared/domain/welcome/welcome-mail.ts';
import { localMinute, type NoticeText } from '../notices/notice-texts.ts';
import type { StepContext } from '../steps/step-definition.ts';

type Told = Pick<StepContext, 'person' | 'theCase' | 'organisation'>;

/** To the manager: who comes, and when. */
export function comingNotice({ person, theCase }: Told): NoticeText {
  const name = fullNameOf(person);
  const opens = localMinute(theCase.plan.leaveAtMs, theCase.plan.timeZone);
  return {
    subject: `${name} starts on ${opens.slice(0, 10)}`,
    text: [
      `${name} (${person.address}) starts on ${opens}. The account opens at that time, and ${person.firstName} gets a link to set a password.`,
      '',
      'Please see to it that everything else is ready by then.',
    ].join('\n'),
  };
}

/** To the manager, some days later: whether the person is in. */
export function followUpNotice({ person, theCase }: Told, lastSignInAtMs: number | undefined): NoticeText {
  const name = fullNameOf(person);
  const { timeZone } = theCase.plan;
  if (lastSignInAtMs !== undefined)
    return {
      subject: `${name} has signed in`,
      text: [
        `${name} (${person.address}) signed in last on ${localMinute(lastSignInAtMs, timeZone)}.`,
        '',
        'Is anything missing? Groups and rights can still be given.',
      ].join('\n'),
    };
  return {
    subject: `${name} has not signed in yet`,
    text: [
      `The account of ${name} (${person.address}) has been open since ${localMinute(theCase.plan.leaveAtMs, timeZone)}, and nobody has signed in to it.`,
      '',
      'Please ask whether the mail with the link arrived. A link works for 72 hours; an administrator can give another one.',
    ].join('\n'),
  };
}

/** To the person, or to whoever hands it over: a letter in the language of the person where one was asked for. */
export function welcomeText(
  { person, theCase, organisation }: Told,
  credentials: Credentials,
  link: string,
  expiresAtMs: number,
): NoticeText {
  if (credentials.kind === 'welcome_mail')
    return welcomeMail({ person, organisation, locale: credentials.locale, link, expiresAtMs });
  const name = fullNameOf(person);
  return {
    subject: `The account of ${name} at ${organisation.name}`,
    text: [
      `The account of ${name} (${person.address}) at ${organisation.name} is open.`,
      '',
      `${name} sets a password here, once, until ${localMinute(expiresAtMs, theCase.plan.timeZone)}:`,
      '',
      link,
      '',
      'If you are not this person, hand the link over to them and do not use it yourself.',
    ].join('\n'),
  };
}
