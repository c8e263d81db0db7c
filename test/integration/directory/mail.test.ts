import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DisabledReason } from '../../../directory/account.ts';
import {
  DAY_MS,
  freshOrgId,
  NEW_YEAR_MS,
  openTestDirectory,
  someAccount,
} from '../../support/test-directory.ts';
import type { TestDirectory } from '../../support/test-directory.ts';
import type { NewAccount } from '../../../directory/accounts/create-account.ts';

const call = { effectKey: 'eff:test', asOfMs: NEW_YEAR_MS };
const away = {
  subject: 'No longer here',
  text: 'Please write to Ben.',
  fromMs: NEW_YEAR_MS,
  untilMs: NEW_YEAR_MS + 30 * DAY_MS,
};

describe('mail to the directory', () => {
  let opened: TestDirectory;
  beforeAll(async () => {
    opened = await openTestDirectory();
  });
  afterAll(() => opened.close());

  async function newcomer(orgId = freshOrgId(), overrides: Partial<NewAccount> = {}) {
    const account = someAccount(overrides);
    await opened.directory.createAccount(orgId, account);
    return { orgId, ...account };
  }
  const mailTo = (to: string, from = 'friend@out.test') => ({
    to,
    from,
    subject: 'Hello',
    text: 'How are you?',
  });
  async function messagesOf(orgId: string, accountId: string) {
    const messages: { folder: string; text: string }[] = [];
    for await (const { id, folder } of opened.directory.listMessages(orgId, accountId)) {
      const raw = await opened.directory.readMessage(orgId, accountId, id);
      messages.push({ folder, text: Buffer.from(raw!).toString('utf8') });
    }
    return messages;
  }

  test('keeps the bytes exactly as they came', async () => {
    const { orgId, id, address } = await newcomer();
    const raw = Buffer.concat([Buffer.from('Subject: raw\r\n\r\n'), Buffer.from([0, 255, 13, 10, 128])]);
    const delivered = await opened.directory.deliver(orgId, { to: address, from: 'a@out.test', raw });
    if (delivered.kind !== 'stored') throw new Error(delivered.kind);
    const read = await opened.other.readMessage(orgId, id, delivered.messageId);
    expect(Buffer.from(read!).equals(raw)).toBe(true);
    expect(await opened.directory.getAccount(orgId, id)).toMatchObject({
      mailbox: { messageCount: 1, bytes: raw.length, revision: 1 },
    });
  });

  test('arrives at an alias, and nowhere when the address is unknown', async () => {
    const { orgId, id } = await newcomer(undefined, { aliases: ['sales@example.test'] });
    expect(await opened.directory.deliver(orgId, mailTo('SALES@example.test'))).toMatchObject({
      kind: 'stored',
      accountId: id,
    });
    expect(await opened.directory.deliver(orgId, mailTo('nobody@example.test'))).toEqual({
      kind: 'refused',
      code: 'NO_SUCH_ADDRESS',
    });
  });

  test.each<DisabledReason>(['leave', 'departure', 'suspicious'])(
    'is stored for an account disabled for %s',
    async (reason) => {
      const { orgId, id, address } = await newcomer();
      await opened.directory.disable(orgId, id, reason, call);
      expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({ kind: 'stored' });
      expect(await messagesOf(orgId, id)).toEqual([
        { folder: 'INBOX', text: expect.stringContaining('How are you?') },
      ]);
    },
  );

  test('is refused and counted beyond the quota, also when many arrive at once', async () => {
    const raw = Buffer.alloc(400, 'x');
    const { orgId, id, address } = await newcomer(undefined, { quotaBytes: 1000 });
    const arrivals = Array.from({ length: 6 }, () =>
      opened.directory.deliver(orgId, { to: address, from: 'a@out.test', raw }),
    );
    const results = (await Promise.all(arrivals)).map((result) =>
      result.kind === 'refused' ? result.code : result.kind,
    );
    expect(results.sort()).toEqual([...Array<string>(4).fill('MAILBOX_FULL'), 'stored', 'stored']);
    expect(await opened.directory.getAccount(orgId, id)).toMatchObject({
      mailbox: { messageCount: 2, bytes: 800, refusedCount: 4 },
    });
  });

  test('is filed by the owner’s rule', async () => {
    const { orgId, id, address } = await newcomer();
    expect(await opened.directory.addRule(orgId, id, { name: 'r', action: 'explode' })).toEqual({
      kind: 'refused',
      code: 'UNKNOWN_ACTION',
    });
    await opened.directory.addRule(orgId, id, { name: 'r', action: 'move:Later' });
    await opened.directory.deliver(orgId, mailTo(address));
    expect(await messagesOf(orgId, id)).toMatchObject([{ folder: 'Later' }]);
  });

  test('is forwarded for real: inside to the other mailbox, outside to the port', async () => {
    const orgId = freshOrgId();
    const [ada, ben] = [await newcomer(orgId), await newcomer(orgId)];
    await opened.directory.addForward(orgId, ada.id, { to: ben.address, keepCopy: true });
    await opened.directory.addForward(orgId, ada.id, { to: 'ada@private.test', keepCopy: true });
    expect(await opened.directory.deliver(orgId, mailTo(ada.address))).toMatchObject({
      kind: 'stored',
      forwards: [
        { to: ben.address, result: 'sent' },
        { to: 'ada@private.test', result: 'sent' },
      ],
    });
    expect(await messagesOf(orgId, ada.id)).toHaveLength(1);
    expect(await messagesOf(orgId, ben.id)).toMatchObject([
      { text: expect.stringContaining('How are you?') },
    ]);
    expect(opened.departed.filter((mail) => mail.orgId === orgId)).toMatchObject([
      { to: 'ada@private.test', from: 'friend@out.test' },
    ]);
  });

  test('goes to a redirect without a copy, and stays when the redirect fails', async () => {
    const { orgId, id, address } = await newcomer();
    await opened.directory.setRedirect(orgId, id, { to: 'heir@out.test', keepCopy: false });
    expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({ kind: 'forwarded' });
    expect(await messagesOf(orgId, id)).toHaveLength(0);
    opened.outside.isDown = true;
    expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({
      kind: 'stored',
      forwards: [{ to: 'heir@out.test', result: 'failed' }],
    });
    opened.outside.isDown = false;
    expect(await messagesOf(orgId, id)).toHaveLength(1);
  });

  test('is redirected until just before the end of the redirect, by the clock', async () => {
    const { orgId, id, address } = await newcomer();
    const untilMs = NEW_YEAR_MS + DAY_MS;
    await opened.directory.setRedirect(orgId, id, { to: 'heir@out.test', keepCopy: true, untilMs });
    const forwards = [{ to: 'heir@out.test', result: 'sent' }];
    opened.clock.set(untilMs - 1);
    expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({
      kind: 'stored',
      forwards,
    });
    opened.clock.set(untilMs);
    expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({
      kind: 'stored',
      forwards: [],
    });
    opened.clock.set(NEW_YEAR_MS);
  });

  test('goes on to the heir when the account is gone, until the kept redirect ends; then nobody is there', async () => {
    const orgId = freshOrgId();
    const ben = await newcomer(orgId);
    const { id, address } = await newcomer(orgId, { aliases: ['old@example.test'] });
    const untilMs = NEW_YEAR_MS + 40 * DAY_MS;
    const kept = { addresses: ['old@example.test', address].sort(), to: ben.address, untilMs };
    await opened.directory.keepRedirect(orgId, id, kept, call);
    expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({ kind: 'stored' });
    const { mailbox } = (await opened.directory.getAccount(orgId, id))!;
    expect(await opened.directory.deleteAccount(orgId, id, mailbox.revision, call)).toEqual({
      kind: 'changed',
    });

    opened.clock.set(untilMs - 1);
    for (const to of kept.addresses)
      expect(await opened.directory.deliver(orgId, mailTo(to))).toMatchObject({
        kind: 'forwarded',
        forwards: [{ to: ben.address, result: 'sent' }],
      });
    expect(await messagesOf(orgId, ben.id)).toHaveLength(2);
    opened.clock.set(untilMs);
    expect(await opened.directory.deliver(orgId, mailTo(address))).toEqual({
      kind: 'refused',
      code: 'NO_SUCH_ADDRESS',
    });
    opened.clock.set(NEW_YEAR_MS);
  });

  test('is refused by a kept redirect that cannot pass it on, and does not go round', async () => {
    const orgId = freshOrgId();
    const [ada, ben] = [await newcomer(orgId), await newcomer(orgId)];
    const untilMs = NEW_YEAR_MS + DAY_MS;
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      const kept = { addresses: [from.address], to: to.address, untilMs };
      await opened.directory.keepRedirect(orgId, from.id, kept, call);
    }
    for (const { id } of [ada, ben]) await opened.directory.deleteAccount(orgId, id, 0, call);
    expect(await opened.directory.deliver(orgId, mailTo(ada.address))).toEqual({
      kind: 'refused',
      code: 'REDIRECT_FAILED',
    });
  });

  test('belongs to whoever has the address now, whatever was kept of it', async () => {
    const { orgId, id, address } = await newcomer();
    const kept = { addresses: [address], to: 'heir@out.test', untilMs: NEW_YEAR_MS + DAY_MS };
    await opened.directory.keepRedirect(orgId, id, kept, call);
    await opened.directory.deleteAccount(orgId, id, 0, call);
    const again = await newcomer(orgId, { address });
    expect(await opened.directory.deliver(orgId, mailTo(address))).toMatchObject({
      kind: 'stored',
      accountId: again.id,
    });
  });

  test('gets another answer inside the house than outside', async () => {
    const orgId = freshOrgId();
    const ada = await newcomer(orgId);
    const elsewhere = await newcomer(orgId, { address: 'zoe@second.test' });
    const internal = { subject: 'Inside', text: 'Ask Ben in room 7.' };
    await opened.directory.setAutoReply(orgId, ada.id, { ...away, internal }, call);
    const answer = async (from: string) => {
      const delivered = await opened.directory.deliver(orgId, mailTo(ada.address, from));
      return delivered.kind === 'stored' ? delivered.autoReply?.text : delivered.kind;
    };
    expect(await answer('friend@out.test')).toBe(away.text);
    expect(await answer('colleague@example.test')).toBe(internal.text);
    expect(await answer(elsewhere.address)).toBe(internal.text);
  });

  test('goes round a loop of forwards once', async () => {
    const orgId = freshOrgId();
    const [ada, ben] = [await newcomer(orgId), await newcomer(orgId)];
    await opened.directory.addForward(orgId, ada.id, { to: ben.address, keepCopy: false });
    await opened.directory.addForward(orgId, ben.id, { to: ada.address, keepCopy: false });
    await opened.directory.deliver(orgId, mailTo(ada.address));
    expect([...(await messagesOf(orgId, ada.id)), ...(await messagesOf(orgId, ben.id))]).toHaveLength(1);
  });

  test('gets one auto-reply per sender in seven days, and none after its end', async () => {
    const { orgId, id, address } = await newcomer();
    await opened.directory.setAutoReply(orgId, id, away, call);
    const answered = async (atMs: number, from = 'friend@out.test') => {
      opened.clock.set(atMs);
      const delivered = await opened.directory.deliver(orgId, mailTo(address, from));
      opened.clock.set(NEW_YEAR_MS);
      return delivered.kind === 'stored' && delivered.autoReply !== undefined;
    };
    expect(await answered(NEW_YEAR_MS - 1)).toBe(false);
    expect(await answered(NEW_YEAR_MS)).toBe(true);
    expect(await answered(NEW_YEAR_MS + 7 * DAY_MS - 1)).toBe(false);
    expect(await answered(NEW_YEAR_MS + DAY_MS, 'another@out.test')).toBe(true);
    expect(await answered(NEW_YEAR_MS + 7 * DAY_MS)).toBe(true);
    expect(await answered(away.untilMs - 1)).toBe(true);
    expect(await answered(away.untilMs + 20 * DAY_MS)).toBe(false);
    const outgoing = await opened.directory.listOutgoing(orgId, id, '', 10);
    expect(outgoing.map(({ to, subject, state }) => ({ to, subject, state }))).toContainEqual({
      to: 'another@out.test',
      subject: away.subject,
      state: 'sent',
    });
    expect(opened.departed.filter((mail) => mail.orgId === orgId)).toHaveLength(4);
  });

  test('answers ten copies at once with one auto-reply', async () => {
    const { orgId, id, address } = await newcomer();
    await opened.directory.setAutoReply(orgId, id, away, call);
    await Promise.all(Array.from({ length: 10 }, () => opened.directory.deliver(orgId, mailTo(address))));
    expect(await opened.directory.listOutgoing(orgId, id, '', 10)).toHaveLength(1);
  });

  test('reaches a colleague who is away too, without the two answering each other', async () => {
    const orgId = freshOrgId();
    const [ada, ben] = [await newcomer(orgId), await newcomer(orgId)];
    await opened.directory.setAutoReply(orgId, ada.id, away, call);
    await opened.directory.setAutoReply(orgId, ben.id, away, call);
    await opened.directory.deliver(orgId, mailTo(ada.address, ben.address));
    expect(await messagesOf(orgId, ben.id)).toMatchObject([
      { text: expect.stringContaining('Auto-Submitted: auto-replied') },
    ]);
    expect(await messagesOf(orgId, ada.id)).toHaveLength(1);
  });

  test('shows an auto-reply that could not be sent', async () => {
    const { orgId, id, address } = await newcomer();
    await opened.directory.setAutoReply(orgId, id, away, call);
    opened.outside.isDown = true;
    const delivered = await opened.directory.deliver(orgId, mailTo(address));
    opened.outside.isDown = false;
    expect(delivered).toMatchObject({ kind: 'stored', autoReply: { state: 'failed' } });
  });
});
