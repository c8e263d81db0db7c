import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { byCase, DAYS, fromDays, refOf } from './found-words.ts';
import { remainingPerson } from './whereabouts.ts';

export const autoReplyOld: ReviewRule = {
  name: 'auto_reply_old',
  title: 'Auto-reply for long',
  description:
    'An auto-reply began so many days ago or earlier and is still given. Also found while a departure gives it. Not found: people who are on leave, and people who have departed.',
  threshold: { ...DAYS, usual: 30 },
  usuallyOn: true,
  proposes: 'end_auto_reply',
  allows: ['end_auto_reply'],
  find(subject, { nowMs, threshold }) {
    const person = remainingPerson(subject);
    if (person === undefined || person.status === 'disabled' || subject.openCase?.kind === 'leave') return [];
    return subject.accounts.flatMap((account) => {
      const { autoReply } = account;
      if (autoReply === undefined || nowMs < autoReply.fromMs || nowMs >= autoReply.untilMs) return [];
      const value = daysBetween(autoReply.fromMs, nowMs);
      if (value < threshold) return [];
      const evidence = { fromAtMs: autoReply.fromMs, untilAtMs: autoReply.untilMs, ...byCase(subject) };
      return [{ value, account: refOf(account), evidence }];
    });
  },
  explain: ({ value }, threshold) => `An auto-reply has been given for ${value} days; ${fromDays(threshold)}`,
};
