import { expect, test } from '@jest/globals';
import { lostForGood } from '../../../shared/domain/lost-for-good.ts';
import { STEP_KINDS, STEP_TRAITS, UNDONE_BY } from '../../../shared/domain/step-kinds.ts';

const words = (...kinds: Parameters<typeof lostForGood>[0]): readonly string[] =>
  lostForGood(kinds).map(({ what }) => what);

test('copies that were made do not come back, whoever has them', () => {
  expect(words('transferMail', 'exportContacts', 'archiveMailbox', 'transferMail')).toEqual([
    'mail_copies',
    'contact_file',
    'archive',
  ]);
});

test('what a step took away is put back, or named as lost', () => {
  // A step of the way back puts back itself.
  const ways = new Set(Object.values(UNDONE_BY));
  const taken = STEP_KINDS.filter((kind) => STEP_TRAITS[kind].locking === true && !ways.has(kind));
  expect(taken.length).toBeGreaterThan(8);
  for (const kind of taken)
    expect([kind, UNDONE_BY[kind] !== undefined || words(kind).length > 0]).toEqual([kind, true]);
});
