import type { AccountOverview } from '../../../directory/accounts/account-overview.ts';
import type { Directory } from '../../../directory/directory.ts';
import type { AccountFacts } from '../../../shared/domain/reviews/account-facts.ts';
import type { TargetConnector } from '../../ports/target-connector.ts';
import { availably } from './availably.ts';
import { controlAccountId } from './control-account.ts';

/** Many accounts at once, over the reading connection. */
export function createAccountReading(of: {
  readonly orgId: string;
  readonly target: string;
  readonly reads: Directory;
}): Pick<TargetConnector, 'listAccounts' | 'readMany'> {
  const { orgId, target, reads } = of;
  return {
    listAccounts: ({ limit, ...from }) =>
      availably(async () => {
        // One more, as the control account may be among them: a short page says that there are no more.
        const found = await reads.listOverviews(orgId, { ...from, limit: limit + 1 });
        const listed = found.filter(({ _id }) => _id !== controlAccountId(orgId));
        return listed.slice(0, limit).map((account) => factsOf(target, account));
      }),
    readMany: (accountIds) =>
      availably(async () => {
        const found = await reads.findOverviews(orgId, accountIds);
        return new Map(found.map((account) => [account._id, factsOf(target, account)]));
      }),
  };
}

function factsOf(target: string, account: AccountOverview): AccountFacts {
  const { disabledReason, createdAtMs, lastLoginAtMs, redirect, autoReply } = account;
  return {
    target,
    accountId: account._id,
    address: account.address,
    aliases: account.aliases.map(
      (address) => account.aliasUse?.find((use) => use.address === address) ?? { address },
    ),
    service: account.service,
    status: account.status,
    ...(disabledReason === undefined ? {} : { disabledReason }),
    role: account.role,
    groups: account.groups,
    lists: account.lists ?? [],
    quotaBytes: account.quotaBytes,
    usedBytes: account.mailbox.bytes,
    ...(createdAtMs === undefined ? {} : { createdAtMs }),
    ...(lastLoginAtMs === undefined ? {} : { lastLoginAtMs }),
    ...(redirect === undefined ? {} : { redirect: redirectOf(redirect, account.redirectSinceMs) }),
    forwards: account.forwards.map(({ to }) => to),
    ...(autoReply === undefined
      ? {}
      : { autoReply: { fromMs: autoReply.fromMs, untilMs: autoReply.untilMs } }),
  };
}

function redirectOf(
  { to, untilMs }: NonNullable<AccountOverview['redirect']>,
  sinceMs: number | undefined,
): NonNullable<AccountFacts['redirect']> {
  return {
    to,
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
  };
}
