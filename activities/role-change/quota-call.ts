import type { AccountCall } from '../steps/account-calls.ts';
import { readAccount } from '../steps/account-step.ts';
import { StepFailed } from '../steps/step-failure.ts';
import type { AccountSnapshot } from '../ports/target-connector.ts';

/** Sets the quota; the aliases stay. */
function settingQuota(choose: (account: AccountSnapshot) => number): AccountCall {
  let wanted: number | undefined;
  return {
    operation: 'setSettings',
    async perform(context) {
      const account = await readAccount(context);
      wanted = choose(account);
      const settings = { aliases: account.aliases, quotaBytes: wanted };
      return context.connector.setSettings(context.ref, settings, context.call);
    },
    isProven: (after) => after.quotaBytes === wanted,
    count: (before) => before.quotaBytes,
  };
}

/** Never less than the mailbox holds: it would take no mail any more. */
export function quotaCall(quotaBytes: number): AccountCall {
  return settingQuota(({ mailbox }) => {
    if (mailbox.bytes > quotaBytes) throw new StepFailed('QUOTA_BELOW_USE');
    return quotaBytes;
  });
}

/** As it was, unless it is no longer the one that was given. */
export function quotaBackCall(givenBytes: number, wasBytes: number): AccountCall {
  return settingQuota(({ quotaBytes }) => (quotaBytes === givenBytes ? wasBytes : quotaBytes));
}
