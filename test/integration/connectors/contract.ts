import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, SignInProbe } from '../../../activities/ports/target-connector.ts';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import { describeHandover } from './contract-handover.ts';
import { describeListing } from './contract-listing.ts';
import { AUTO_REPLY, NEW_SECRET, REDIRECT, WRITES } from './contract-target.ts';
import type { ContractAccount, ContractTarget } from './contract-target.ts';

/** What every connector promises: see `TargetConnector`. */
export function describeConnector(kind: string, open: () => Promise<ContractTarget>): void {
  describe(`the ${kind} connector`, () => {
    let target: ContractTarget;
    let account: ContractAccount;
    const call: Call = { effectKey: 'eff:cas_1:step:1', asOfMs: 1_900_000_000_000 };

    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target.close());
    beforeEach(async () => {
      account = await target.newAccount();
    });
    const read = async () => (await account.connector.read(account.ref))!;
    const resultsOf = (probes: readonly SignInProbe[]) => [...new Set(probes.map(({ result }) => result))];

    test('shows the account as it is, without a secret', async () => {
      const snapshot = await read();
      expect(snapshot).toMatchObject({
        status: 'active',
        role: 'administrator',
        sessionCount: 1,
        appPasswordCount: 1,
        oauthGrantCount: 1,
        openLinkCount: 1,
        recoveryMeansCount: 1,
        protocols: { imap: true, pop: true, smtp: true },
        lists: ['everybody'],
      });
      expect(snapshot.forwards).toHaveLength(1);
      expect(snapshot.rules).toHaveLength(1);
      expect(snapshot.delegations).toHaveLength(1);
      expect(snapshot.mailbox).toMatchObject({
        messageCount: 2,
        bytes: account.messages.reduce((sum, raw) => sum + raw.byteLength, 0),
      });
      expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
      expect(JSON.stringify(snapshot)).not.toContain(account.secret);
    });

    describe.each(WRITES)('$name', ({ name, write, isSo }) => {
      test('changes the target once: read back, and in its own log', async () => {
        const before = await read();
        expect(isSo(before, before)).toBe(false);
        expect(await write(account, call, before)).toEqual({ kind: 'changed' });
        expect(isSo(await account.connector.read(account.ref), before)).toBe(true);
        const after = await account.connector.read(account.ref);
        expect(await write(account, call, before)).toEqual({ kind: 'already' });
        expect(await account.connector.read(account.ref)).toEqual(after);
        expect((await account.effects()).filter(({ effectKey }) => effectKey === call.effectKey)).toEqual([
          expect.objectContaining({ operation: name, effectKey: call.effectKey, atMs: call.asOfMs }),
        ]);
      });

      test('changes it once also when asked five times at once', async () => {
        const before = await read();
        const outcomes = await Promise.all(Array.from({ length: 5 }, () => write(account, call, before)));
        expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
          'already',
          'already',
          'already',
          'already',
          'changed',
        ]);
        expect((await account.effects()).filter(({ operation }) => operation === name)).toHaveLength(1);
      });

      test('throws TargetUnavailable when the target is down', async () => {
        const connector = await target.downConnector();
        await expect(write({ ...account, connector }, call, await read())).rejects.toThrow(TargetUnavailable);
      });
    });

    describeHandover(() => ({ account, target }));
    describeListing(() => ({ account, target }));

    test('ends an auto-reply once', async () => {
      await account.connector.setAutoReply(account.ref, AUTO_REPLY, call);
      expect(await account.connector.endAutoReply(account.ref, call)).toEqual({ kind: 'changed' });
      expect((await read()).autoReply).toBeUndefined();
      expect(await account.connector.endAutoReply(account.ref, call)).toEqual({ kind: 'already' });
      expect((await account.effects()).map(({ operation }) => operation).slice(-2)).toEqual([
        'setAutoReply',
        'endAutoReply',
      ]);
    });

    test('ends a redirect once', async () => {
      const { connector, ref } = account;
      await connector.setRedirect(ref, REDIRECT, call);
      expect(await connector.setRedirect(ref, undefined, call)).toEqual({ kind: 'changed' });
      expect((await read()).redirect).toBeUndefined();
      expect(await connector.setRedirect(ref, undefined, call)).toEqual({ kind: 'already' });
      expect((await account.effects()).map(({ operation }) => operation).slice(-2)).toEqual([
        'setRedirect',
        'endRedirect',
      ]);
    });

    test('keeps a redirect of its addresses beyond the account, once, and drops it once', async () => {
      const { connector, ref } = account;
      const { address, mailbox } = await read();
      const kept = { addresses: [address], to: REDIRECT.to, untilMs: REDIRECT.untilMs };
      expect(await connector.readKeptRedirect(ref)).toBeUndefined();
      expect(await connector.keepRedirect(ref, { ...kept, addresses: ['other@example.test'] }, call)).toEqual(
        {
          kind: 'refused',
          reason: 'not_an_address_of_it',
        },
      );
      const outcomes = await Promise.all([1, 2, 3].map(() => connector.keepRedirect(ref, kept, call)));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'changed']);
      expect(await connector.readKeptRedirect(ref)).toEqual(kept);
      await connector.deleteAccount(ref, mailbox.revision, call);
      expect(await connector.readKeptRedirect(ref)).toEqual(kept);
      expect(await connector.keepRedirect(ref, undefined, call)).toEqual({ kind: 'changed' });
      expect(await connector.keepRedirect(ref, undefined, call)).toEqual({ kind: 'already' });
      expect(await connector.readKeptRedirect(ref)).toBeUndefined();
      expect((await account.effects()).map(({ operation }) => operation).slice(-3)).toEqual([
        'keepRedirect',
        'deleteAccount',
        'dropKeptRedirect',
      ]);
    });

    test('makes an account once, closed, with a secret that nobody knows, and no address of another', async () => {
      const { connector, ref } = account;
      const own = { target: ref.target, accountId: `${ref.accountId}-new` };
      const { address: taken } = await read();
      const address = `new.${taken}`;
      const wanted = {
        ...{ firstName: 'Nina', lastName: 'New', address, aliases: [`alias.${taken}`] },
        ...{ quotaBytes: 1_000, role: 'user' as const },
      };
      const outcomes = await Promise.all([1, 2, 3].map(() => connector.createAccount(own, wanted, call)));
      expect(outcomes.map(({ kind }) => kind).filter((kind) => kind === 'refused')).toEqual([]);
      const made = await connector.read(own);
      expect(made).toMatchObject({
        ...{ status: 'disabled', disabledReason: 'joining', address, aliases: wanted.aliases },
        ...{ quotaBytes: 1_000, role: 'user', groups: [], lists: [], mailbox: { messageCount: 0 } },
      });
      expect(await connector.createAccount(own, wanted, call)).toEqual({ kind: 'already' });
      expect(await connector.read(own)).toEqual(made);
      const another = { target: ref.target, accountId: `${ref.accountId}-other` };
      expect(await connector.createAccount(another, { ...wanted, address: taken }, call)).toMatchObject({
        kind: 'refused',
        reason: 'address_taken',
      });
      expect(await connector.read(another)).toBeUndefined();
    });

    test('enables once', async () => {
      await account.connector.disable(account.ref, 'departure', call);
      expect(await account.connector.enable(account.ref, call)).toEqual({ kind: 'changed' });
      const { status, disabledReason } = await read();
      expect({ status, disabledReason }).toEqual({ status: 'active', disabledReason: undefined });
      expect(await account.connector.enable(account.ref, call)).toEqual({ kind: 'already' });
    });

    test('changes only what it was asked to', async () => {
      const before = await read();
      await account.connector.disable(account.ref, 'leave', call);
      const { status, disabledReason, ...rest } = await read();
      expect({ status, disabledReason }).toEqual({ status: 'disabled', disabledReason: 'leave' });
      expect({ status: 'active', ...rest }).toEqual(before);
    });

    test('deletes nothing when a message arrived since the mailbox was looked at', async () => {
      const { mailbox } = await read();
      await account.deliver();
      expect(await account.connector.deleteAccount(account.ref, mailbox.revision, call)).toEqual({
        kind: 'refused',
        reason: 'mailbox_changed',
      });
      expect((await read()).mailbox.messageCount).toBe(3);
      expect((await account.effects()).map(({ operation }) => operation)).not.toContain('deleteAccount');
    });

    test('proves a lockout with the proving code, and a wrong secret proves nothing', async () => {
      const { connector, ref, secret } = account;
      expect(resultsOf(await connector.probeSignIn(ref, secret))).toEqual(['accepted']);
      await connector.disable(ref, 'departure', call);
      await connector.setPassword(ref, NEW_SECRET, call);
      expect(resultsOf(await connector.probeSignIn(ref, NEW_SECRET))).toEqual(['refused_disabled']);
      expect(resultsOf(await connector.probeSignIn(ref, secret))).toEqual(['refused_credentials']);
      expect(resultsOf(await connector.probeControl())).toEqual(['accepted']);
    });

    test('leaves nothing behind when it probes', async () => {
      const before = await read();
      await account.connector.probeSignIn(account.ref, account.secret);
      await account.connector.probeSignIn(account.ref, 'wrong');
      await account.connector.probeControl();
      await account.connector.probeDelivery(account.ref);
      expect(await read()).toEqual(before);
    });

    test('tells whether mail would be taken: of a disabled account it is, of one that is gone or full it is not', async () => {
      const { connector, ref } = account;
      expect(await connector.probeDelivery(ref)).toBe('taken');
      await connector.disable(ref, 'leave', call);
      expect(await connector.probeDelivery(ref)).toBe('taken');
      const { aliases, mailbox } = await read();
      await connector.setSettings(ref, { aliases, quotaBytes: mailbox.bytes + 10 }, call);
      expect(await connector.probeDelivery(ref)).toBe('refused');
      await connector.deleteAccount(ref, mailbox.revision, call);
      expect(await connector.probeDelivery(ref)).toBe('refused');
    });

    test('tells a protocol that is switched off from an account that is locked', async () => {
      const { connector, ref, secret } = account;
      const off = { imap: false, pop: false, smtp: false };
      await connector.setProtocols(ref, off, call);
      const results = resultsOf(await connector.probeSignIn(ref, secret));
      expect(results).toContain('refused_protocol');
      expect(results).toContain('accepted');
      await connector.disable(ref, 'departure', call);
      expect(resultsOf(await connector.probeSignIn(ref, secret))).toEqual(['refused_disabled']);
    });

    test('lists the mail oldest first and gives the bytes as they came', async () => {
      const read: Uint8Array[] = [];
      for await (const { id, sizeBytes } of account.connector.listMessages(account.ref)) {
        const raw = await account.connector.readMessage(account.ref, id);
        expect(raw?.byteLength).toBe(sizeBytes);
        read.push(raw!);
      }
      expect(read.map((raw) => Buffer.from(raw).toString('latin1'))).toEqual(
        account.messages.map((raw) => Buffer.from(raw).toString('latin1')),
      );
      expect(await account.connector.readMessage(account.ref, 'msg_unknown')).toBeUndefined();
    });

    test('refuses to write to an account that is gone, and shows none', async () => {
      const { connector, ref } = account;
      await connector.deleteAccount(ref, (await read()).mailbox.revision, call);
      expect(await connector.read(ref)).toBeUndefined();
      expect(await connector.disable(ref, 'departure', call)).toEqual({
        kind: 'refused',
        reason: 'no_such_account',
      });
      expect(resultsOf(await connector.probeSignIn(ref, account.secret))).toEqual(['refused_credentials']);
    });

    test('throws TargetUnavailable, or says `unavailable`, when reads find the target down', async () => {
      const connector = await target.downConnector();
      const { ref, secret } = account;
      await expect(connector.read(ref)).rejects.toThrow(TargetUnavailable);
      await expect(connector.readMessage(ref, 'msg_1')).rejects.toThrow(TargetUnavailable);
      await expect(connector.listMessages(ref)[Symbol.asyncIterator]().next()).rejects.toThrow(
        TargetUnavailable,
      );
      const probing = connector.probeSignIn(ref, secret).then(resultsOf);
      await expect(
        probing.catch((error: unknown) => (error instanceof TargetUnavailable ? ['unavailable'] : error)),
      ).resolves.toEqual(['unavailable']);
    });
  });
}
