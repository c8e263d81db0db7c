import { expect, test } from '@jest/globals';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import { noticeDue, noticesAhead } from '../../../shared/domain/reviews/due-notices.ts';
import { USUAL_TERMS } from '../../../shared/domain/reviews/review-definition.ts';

const OPENED = Date.UTC(2027, 0, 1, 8);
const day = (days: number): number => OPENED + days * DAY_MS;
const review = (sent: readonly string[] = [], overrides = {}) => ({
  terms: { ...USUAL_TERMS, name: 'Quarterly', timeZone: 'UTC', ...overrides },
  ...{ openedAtMs: OPENED, closesAtMs: day(14), sent },
});

test('sends an invitation, reminders and one word to the organisation, in this order', () => {
  expect(noticesAhead(review())).toEqual([
    { name: 'invite', atMs: OPENED },
    { name: 'remind:7', atMs: day(7) },
    { name: 'escalate', atMs: day(11) },
    { name: 'remind:2', atMs: day(12) },
  ]);
  expect(noticesAhead(review(['invite', 'remind:7', 'escalate', 'remind:2']))).toEqual([]);
  expect(noticesAhead({ ...review(), openedAtMs: undefined as unknown as number })).toEqual([]);
});

test('sends each at its instant, and not a millisecond before', () => {
  const invited = review(['invite']);
  expect(noticeDue(invited, day(7) - 1)).toBeUndefined();
  expect(noticeDue(invited, day(7))).toEqual({ name: 'remind:7', atMs: day(7), covers: ['remind:7'] });
});

test('sends the last one of several reminders that are due after a long night, and none with an invitation', () => {
  const both = ['remind:2', 'remind:7'];
  expect(noticeDue(review(['invite']), day(13))).toEqual({ name: 'remind:2', atMs: day(12), covers: both });
  const escalation = { name: 'escalate', atMs: day(11), covers: ['escalate'] };
  expect(noticeDue(review(['invite', ...both]), day(13))).toEqual(escalation);
  const invitation = { name: 'invite', atMs: OPENED, covers: ['invite', 'remind:7', 'remind:2'] };
  expect(noticeDue(review(), day(13))).toEqual(invitation);
});

test('leaves out what would come before the beginning', () => {
  const short = { ...review([], { remindDaysBefore: [7, 2] }), closesAtMs: day(3) };
  expect(noticesAhead(short).map(({ name }) => name)).toEqual(['invite', 'escalate', 'remind:2']);
});
