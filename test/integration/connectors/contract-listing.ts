import { describe, expect, test } from '@jest/globals';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import { AUTO_REPLY, REDIRECT, type ContractAccount, type ContractTarget } from './contract-target.ts';

/** What every connector promises of many accounts at once. */
export function describeListing(
  given: () => { readonly account: ContractAccount; readonly target: ContractTarget },
): void {
  describe('many accounts at once', () => {
    const call = { effectKey: 'eff:cas_1:list:1', asOfMs: 1_900_000_000_000 };

    test('shows each account as it is, and nothing that signs in', async () => {
      const { connector, ref } = given().account;
      await connector.setRedirect(ref, REDIRECT, call);
      await connector.setAutoReply(ref, AUTO_REPLY, call);
      await connector.setSettings(ref, { aliases: [`alias.${ref.accountId}@b.test`], quotaBytes: 500 }, call);
      await connector.disable(ref, 'leave', call);
      const snapshot = await connector.read(ref);
      const facts = (await connector.readMany([ref.accountId])).get(ref.accountId)!;
      expect(facts).toMatchObject({
        ...{ target: ref.target, accountId: ref.accountId, address: snapshot?.address, service: false },
        ...{ status: 'disabled', disabledReason: 'leave', role: 'administrator' },
        ...{ groups: ['staff'], lists: ['everybody'], forwards: ['owner@private.test'] },
        ...{ quotaBytes: 500, usedBytes: snapshot?.mailbox.bytes, lastLoginAtMs: snapshot?.lastLoginAtMs },
        redirect: { to: REDIRECT.to, untilMs: REDIRECT.untilMs },
        autoReply: { fromMs: AUTO_REPLY.fromMs, untilMs: AUTO_REPLY.untilMs },
      });
      expect(facts.aliases.map(({ address }) => address)).toEqual([`alias.${ref.accountId}@b.test`]);
      expect(facts.lastLoginAtMs).toBeDefined();
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      expect(JSON.stringify(facts)).not.toMatch(/hash|secret|token|fingerprint/i);
    });

    test('lists all in pages by their ids, without the control account', async () => {
      const { connector, ref, heir } = given().account;
      await connector.probeControl();
      const ids = [ref.accountId, heir.accountId].sort();
      for (const limit of [1, 2, 3]) {
        const listed: string[] = [];
        for (;;) {
          const after = listed.at(-1);
          const page = await connector.listAccounts({ limit, ...(after === undefined ? {} : { after }) });
          expect(page.length).toBeLessThanOrEqual(limit);
          listed.push(...page.map(({ accountId }) => accountId));
          if (page.length < limit) break;
        }
        expect(listed).toEqual(ids);
      }
    });

    test('tells the same of an account in a list as alone', async () => {
      const { connector, ref, heir } = given().account;
      const listed = await connector.listAccounts({ limit: 10 });
      const read = await connector.readMany([ref.accountId, heir.accountId]);
      expect(new Map(listed.map((facts) => [facts.accountId, facts]))).toEqual(read);
    });

    test('leaves out accounts that are gone, or never were', async () => {
      const { connector, ref, heir } = given().account;
      const { mailbox } = (await connector.read(ref))!;
      await connector.deleteAccount(ref, mailbox.revision, call);
      const read = await connector.readMany([ref.accountId, heir.accountId, 'acc_never']);
      expect([...read.keys()]).toEqual([heir.accountId]);
      const listed = await connector.listAccounts({ limit: 10 });
      expect(listed.map(({ accountId }) => accountId)).toEqual([heir.accountId]);
      expect(await connector.readMany([])).toEqual(new Map());
    });

    test('throws TargetUnavailable when the target is down', async () => {
      const connector = await given().target.downConnector();
      await expect(connector.listAccounts({ limit: 1 })).rejects.toThrow(TargetUnavailable);
      await expect(connector.readMany(['acc_1'])).rejects.toThrow(TargetUnavailable);
    });
  });
}
