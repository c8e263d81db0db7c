import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { localMinute, type NoticeText } from './notice-texts.ts';

export interface LeaverNotice {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly leaveAtMs: number;
  readonly timeZone: string;
  /** Where private mail taken out is confirmed. */
  readonly link: string;
}

export function leaverNotice({ person, organisation, leaveAtMs, timeZone, link }: LeaverNotice): NoticeText {
  const closes = localMinute(leaveAtMs, timeZone);
  return {
    subject: `Your account ${person.address} will be closed on ${closes}`,
    text: [
      `Dear ${person.firstName},`,
      '',
      `your account at ${organisation.name} (${person.address}) will be closed on ${closes}. From then on nobody can sign in to it, and what is in the mailbox is archived.`,
      '',
      'Until then you can take private mail out: forward it to an address of your own, or delete it. When you have done so, or if there is none, please confirm it here:',
      '',
      link,
      '',
      'You need not answer; the account is closed either way.',
    ].join('\n'),
  };
}
