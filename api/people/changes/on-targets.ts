import type { AccountView } from '../../../directory/account-view.ts';
import { isAsWanted, type ProfileStep } from '../../../shared/domain/people/account-profile.ts';
import type { AccountRef, Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { Problem } from '../../http/problem.ts';
import { directoryOf } from '../../open-directories.ts';

/** Has every target change the account of a person. Gives the first refusal; a change that was made already is none. */
export async function putOnTargets(
  context: ApiContext,
  { orgId, accounts }: Person,
  step: ProfileStep,
  call: { readonly effectKey: string; readonly asOfMs: number },
): Promise<Problem | undefined> {
  for (const { target, accountId } of accounts) {
    const told = { ...call, effectKey: `${call.effectKey}:${target}` };
    const result = await directoryOf(context, target).setProfile(orgId, accountId, step, told);
    if (result.kind !== 'refused') continue;
    const code = result.code === 'ADDRESS_TAKEN' ? 'ADDRESS_TAKEN' : 'ACCOUNT_NOT_FOUND';
    return new Problem(code, { members: { target } });
  }
  return undefined;
}

/**
 * The first account that is not as the change wants it: read back over another connection, by its addresses as well, and by what
 * an administrator may do and nobody else.
 */
export async function unprovenOn(
  context: ApiContext,
  { orgId, accounts }: Person,
  step: ProfileStep,
): Promise<AccountRef | undefined> {
  for (const ref of accounts) {
    const account = await readAccount(context, orgId, ref);
    if (account === undefined || !isAsWanted(account, step)) return ref;
    if (!(await isReached(context, account, ref, step))) return ref;
    if (step.role !== undefined && !(await hasTheRights(context, account, ref, step.role))) return ref;
  }
  return undefined;
}

/** What an account holds at most over all targets, in bytes. */
export function usedBytes(accounts: readonly AccountView[]): number {
  return Math.max(0, ...accounts.map(({ mailbox }) => mailbox.bytes));
}

/** The accounts of a person as they are on their targets. Throws `ACCOUNT_NOT_FOUND` where one of them is gone. */
export async function readAccounts(
  context: ApiContext,
  { orgId, accounts }: Person,
): Promise<readonly AccountView[]> {
  const found: AccountView[] = [];
  for (const ref of accounts) {
    const account = await readAccount(context, orgId, ref);
    if (account === undefined) throw new Problem('ACCOUNT_NOT_FOUND', { members: { target: ref.target } });
    found.push(account);
  }
  return found;
}

export function readAccount(
  { readings }: ApiContext,
  orgId: string,
  { target, accountId }: AccountRef,
): Promise<AccountView | undefined> {
  return directoryOf({ directories: readings }, target).getAccount(orgId, accountId);
}

/** Mail to the new addresses arrives here, mail to those that were given up does not. */
async function isReached(
  { readings }: ApiContext,
  { orgId, id }: AccountView,
  { target }: AccountRef,
  { address, addAliases, removeAliases }: ProfileStep,
): Promise<boolean> {
  const reading = directoryOf({ directories: readings }, target);
  const reaches = async (one: string) => (await reading.findByAddress(orgId, one))?.id === id;
  for (const own of [...(address === undefined ? [] : [address]), ...addAliases])
    if (!(await reaches(own))) return false;
  for (const lost of removeAliases) if (await reaches(lost)) return false;
  return true;
}

/** A disabled account may do nothing: of it the role is all there is to be seen. */
async function hasTheRights(
  { readings }: ApiContext,
  { orgId, id, status }: AccountView,
  { target }: AccountRef,
  role: ProfileStep['role'],
): Promise<boolean> {
  const reading = directoryOf({ directories: readings }, target);
  const { kind } = await reading.manageableAccounts(orgId, id, { limit: 1 });
  return status === 'disabled' || (kind === 'allowed') === (role === 'administrator');
}
