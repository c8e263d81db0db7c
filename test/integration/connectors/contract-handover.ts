import { expect, test } from '@jest/globals';
import type { Call, CallOutcome } from '../../../activities/ports/target-connector.ts';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import type { ContractAccount, ContractTarget } from './contract-target.ts';

const call: Call = { effectKey: 'eff:cas_1:hand-over:1', asOfMs: 1_900_000_000_000 };

interface Move {
  readonly operation: 'setFileOwner' | 'setCalendar' | 'setMeeting';
  readonly move: (account: ContractAccount) => Promise<CallOutcome>;
  readonly isMoved: (account: ContractAccount) => Promise<boolean>;
  readonly unknown: (account: ContractAccount) => Promise<CallOutcome>;
}

export const MOVES: readonly Move[] = [
  {
    operation: 'setFileOwner',
    move: ({ connector, heir, owned }) => connector.setFileOwner(heir, owned.file, call),
    isMoved: async ({ connector, ref, heir, owned }) =>
      (await connector.listFiles(ref)).length === 0 &&
      (await connector.listFiles(heir)).some(({ id }) => id === owned.file),
    unknown: ({ connector, heir }) => connector.setFileOwner(heir, 'nothing', call),
  },
  {
    operation: 'setCalendar',
    move: ({ connector, heir, owned }) => connector.setCalendar(heir, owned.calendar, { closed: true }, call),
    isMoved: async ({ connector, ref, heir, owned }) =>
      (await connector.listCalendars(ref)).length === 0 &&
      (await connector.listCalendars(heir)).some(({ id, closed }) => id === owned.calendar && closed),
    unknown: ({ connector, heir }) => connector.setCalendar(heir, 'nothing', { closed: true }, call),
  },
  {
    operation: 'setMeeting',
    move: ({ connector, heir, owned }) =>
      connector.setMeeting(heir, owned.meeting, { cancelled: true }, call),
    isMoved: async ({ connector, ref, heir, owned }) =>
      (await connector.listMeetings(ref)).length === 0 &&
      (await connector.listMeetings(heir)).some(({ id, cancelled }) => id === owned.meeting && cancelled),
    unknown: ({ connector, heir }) => connector.setMeeting(heir, 'nothing', { cancelled: true }, call),
  },
];

/** What every connector that can hand over promises. */
export function describeHandover(
  opened: () => {
    readonly account: ContractAccount;
    readonly target: ContractTarget;
  },
): void {
  test.each(MOVES)('$operation gives one thing to another account, once', async (given) => {
    const { operation, move, isMoved, unknown } = given;
    const { account } = opened();
    expect(await isMoved(account)).toBe(false);
    expect(await move(account)).toEqual({ kind: 'changed' });
    expect(await isMoved(account)).toBe(true);
    expect(await move(account)).toEqual({ kind: 'already' });
    expect((await account.effects()).filter((effect) => effect.operation === operation)).toHaveLength(1);
    expect(await unknown(account)).toEqual({ kind: 'refused', reason: 'no_such_item' });
  });

  test.each(MOVES)(
    '$operation moves once also when asked five times at once',
    async ({ move, operation }) => {
      const { account } = opened();
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => move(account)));
      expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
      expect((await account.effects()).filter((effect) => effect.operation === operation)).toHaveLength(1);
    },
  );

  test.each(MOVES)('$operation throws TargetUnavailable when the target is down', async ({ move }) => {
    const { account, target } = opened();
    const connector = await target.downConnector();
    await expect(move({ ...account, connector })).rejects.toThrow(TargetUnavailable);
  });

  test('gives nothing to an account that is not there', async () => {
    const { connector, ref, owned } = opened().account;
    const nobody = { ...ref, accountId: 'acc_nobody' };
    const refused = { kind: 'refused', reason: 'no_such_account' };
    expect(await connector.setFileOwner(nobody, owned.file, call)).toEqual(refused);
    expect(await connector.listFiles(ref)).toHaveLength(1);
  });

  test('stores a copy under its key, byte by byte, and reads it back; a full mailbox refuses it', async () => {
    const { connector, ref, heir, messages } = opened().account;
    const copy = { key: 'cas_1:msg_1', receivedAtMs: 1_000, folder: 'Handed over', raw: messages[0]! };
    expect(await connector.readStoredMessage(heir, copy)).toBeUndefined();
    expect(await connector.storeMessage(heir, copy, call)).toEqual({ kind: 'changed' });
    expect(Buffer.from((await connector.readStoredMessage(heir, copy))!)).toEqual(Buffer.from(messages[0]!));
    expect(await connector.readStoredMessage(ref, copy)).toBeUndefined();
    const huge = { ...copy, key: 'cas_1:msg_2', raw: Buffer.alloc(2_000_000) };
    expect(await connector.storeMessage(heir, huge, call)).toEqual({
      kind: 'refused',
      reason: 'mailbox_full',
    });
    expect(await connector.readStoredMessage(heir, huge)).toBeUndefined();
  });

  test('ends the access to a mailbox once', async () => {
    const { connector, ref, heir } = opened().account;
    await connector.grantMailboxAccess(ref, heir, 4_102_444_800_000, call);
    expect(await connector.endMailboxAccess(ref, heir, call)).toEqual({ kind: 'changed' });
    expect((await connector.read(ref))?.mailboxGrants).toBeUndefined();
    expect(await connector.endMailboxAccess(ref, heir, call)).toEqual({ kind: 'already' });
  });
}
