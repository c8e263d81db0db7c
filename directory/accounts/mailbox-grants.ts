import type { Account, MailboxGrant } from '../account.ts';
import type { Write } from './write-account.ts';

/** Lets another account read the mailbox, until just before `untilMs` by the clock. */
export function grantingAccess({ toAccountId, untilMs }: MailboxGrant): Write {
  const others = (account: Account) => grantsOf(account).filter((grant) => grant.toAccountId !== toAccountId);
  return {
    operation: 'grantMailboxAccess',
    isSo: (account) =>
      grantsOf(account).some((grant) => grant.toAccountId === toAccountId && grant.untilMs === untilMs),
    change: (account) => ({ ...account, mailboxGrants: [...others(account), { toAccountId, untilMs }] }),
  };
}

/** Also removes a grant whose time is over. */
export function endingAccess(toAccountId: string): Write {
  return {
    operation: 'endMailboxAccess',
    isSo: (account) => grantsOf(account).every((grant) => grant.toAccountId !== toAccountId),
    change: (account) => ({
      ...account,
      mailboxGrants: grantsOf(account).filter((grant) => grant.toAccountId !== toAccountId),
    }),
  };
}

/** Accounts made before there were grants have none. */
export function grantsOf(account: Pick<Account, 'mailboxGrants'>): readonly MailboxGrant[] {
  return account.mailboxGrants ?? [];
}
