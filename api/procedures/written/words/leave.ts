import type { InvestigationItem, LeaveTemplate } from '../../../../shared/domain/leave.ts';
import { counted, listed } from '../relative-time.ts';
import type { Fact } from '../written-procedure.ts';
import { LEAVE_STEPS } from './leave-steps.ts';
import { leftOut, needsAttention, readingOf, titles, triedAgain } from './phrases.ts';
import type { ProcedureWords } from './procedure-words.ts';

export const LEAVE_WORDS: ProcedureWords<LeaveTemplate> = {
  title: 'Procedure: leave of a person, and suspicious accounts',
  purpose:
    'So that nobody gets in while the person is away, mail is not lost, and the account is as before when the person is back; and that a suspicious account loses everything that signs in until somebody has looked into it.',
  cases: 'leaves',
  day: 'first day away',
  instant: 'beginning of the leave',
  otherDayOf(step, { steps, leaveAtMs }) {
    const opening = steps.find(({ kind }) => kind === 'enableAccount')?.due;
    if (opening?.kind === 'at' && step.due.kind === 'at' && step.due.atMs > leaveAtMs)
      return { day: 'day of the return', instant: 'return', atMs: opening.atMs };
    const isSuspicion = steps.some(({ kind }) => kind === 'investigate');
    return isSuspicion
      ? { day: 'day it is asked for', instant: 'moment it is asked for', atMs: leaveAtMs }
      : undefined;
  },
  steps: LEAVE_STEPS,
  phases: () => ({
    onTheDay: {
      title: 'The first day away',
      intro:
        'All of it is due at the beginning of the leave, in the zone of the person. Mail arrives all the while, and the password stays.',
    },
    after: {
      title: 'The return',
      intro:
        'On the day of the return, at the local time at which the leave began; without such a day, once somebody ends the leave.',
    },
    suspicion: {
      title: 'A suspicious account',
      intro: 'It is locked at once, and loses everything that signs in, one step after the other.',
    },
    investigation: {
      title: 'A suspicious account: the investigation, and its end',
      intro: 'It opens when every item is answered and somebody ends the case, however long that takes.',
    },
  }),
  reading: readingOf('leave'),
  failure: () => [
    "The steps that lock do not wait for each other's success: where one fails, the others lock the account all the same.",
    triedAgain('where something is locked, opened or proven'),
    needsAttention('A leave'),
    'Nothing opens the account before whatever locks it is settled: a try that comes late locks out nobody who is back.',
    'A first day that is past begins at once. Until the account opens, its days can be moved, or the leave ended.',
    'Undone, the account is as it was before the first day. Nobody answers for their own account, or opens it.',
    'An account that an earlier case left locked is opened by a case of its own: a suspicious one after the same investigation.',
    'Who has accounts on several targets has these steps once on each.',
  ],
  numbers: (template) => Object.values(ROWS).map((row) => row(template)),
};

const ITEMS: Readonly<Record<InvestigationItem, string>> = {
  'review-sign-ins': 'look at the sign-ins',
  'review-rules': 'look at rules and forwards',
  'review-sent-mail': 'look at the sent mail',
  'talk-with-person': 'talk with the person',
  decide: 'decide',
};

/** Everything a template says: a new number without a row does not compile. */
const ROWS: { readonly [K in keyof LeaveTemplate]-?: (template: LeaveTemplate) => Fact } = {
  time: ({ time }) => ['Leaves begin and end, where a leave does not say', time],
  openReplyDays: ({ openReplyDays }) => [
    'Auto-reply of a leave without a day of return',
    `${counted(openReplyDays, 'day')} at most`,
  ],
  investigation: ({ investigation }) => [
    'Items of the investigation',
    listed(investigation.map((item) => ITEMS[item])),
  ],
  revokes: ({ revokes }) => ['What a suspicious account loses, in this order', titles(revokes)],
  leavesOut: ({ leavesOut }) => leftOut(leavesOut),
};
