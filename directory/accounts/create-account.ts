import { normalAddress } from '../account.ts';
import type { Account, DirectoryRole, DisabledReason } from '../account.ts';
import { hashPassword, randomToken } from '../sign-in/secrets.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { aliasUseOf } from './alias-use.ts';
import { claimAddresses, releaseAddresses } from './claim-addresses.ts';
import { copyEffects } from './effect-log.ts';
import type { WriteCall } from './write-account.ts';

export interface NewAccount {
  /** Chosen by the caller: creating the same id again changes nothing. */
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly aliases?: readonly string[];
  readonly quotaBytes: number;
  readonly role?: DirectoryRole;
  readonly groups?: readonly string[];
  /** Absent: one is generated and given back once. */
  readonly password?: string;
  /** A machine's account: on no list of people. */
  readonly service?: boolean;
  /** Made disabled, for this reason; absent: it can be used at once. */
  readonly disabledReason?: DisabledReason;
}

export type CreateAccountResult =
  | { readonly kind: 'created'; readonly generatedPassword?: string }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly code: 'ADDRESS_TAKEN' | 'ACCOUNT_DELETED' | 'ID_TAKEN' };

/**
 * Claims the addresses first and writes the account after: a crash in between leaves claims that name this account, which
 * the next try with the same id takes up.
 */
export async function createAccount(
  store: DirectoryStore,
  orgId: string,
  wanted: NewAccount,
  call: WriteCall,
): Promise<CreateAccountResult> {
  const existing = await store.accounts.find(orgId, wanted.id);
  if (existing !== undefined) {
    await copyEffects(store, existing);
    return existing.state === 'live' ? { kind: 'already' } : { kind: 'refused', code: 'ACCOUNT_DELETED' };
  }
  const addresses = [wanted.address, ...(wanted.aliases ?? [])];
  const claimed = await claimAddresses(store, orgId, wanted.id, addresses);
  if (claimed === 'taken') return { kind: 'refused', code: 'ADDRESS_TAKEN' };
  const password = wanted.password ?? randomToken();
  const account = accountOf(orgId, wanted, await hashPassword(password), call);
  if ((await store.accounts.insert(account)) === 'exists') {
    if ((await store.accounts.find(orgId, wanted.id)) !== undefined) return { kind: 'already' };
    await releaseAddresses(store, orgId, claimed);
    return { kind: 'refused', code: 'ID_TAKEN' };
  }
  await copyEffects(store, account);
  return wanted.password === undefined
    ? { kind: 'created', generatedPassword: password }
    : { kind: 'created' };
}

export function accountOf(orgId: string, wanted: NewAccount, passwordHash: string, call: WriteCall): Account {
  const { disabledReason } = wanted;
  const { effectKey, asOfMs: atMs } = call;
  const aliases = (wanted.aliases ?? []).map(normalAddress);
  return {
    _id: wanted.id,
    orgId,
    rev: 1,
    state: 'live',
    firstName: wanted.firstName,
    lastName: wanted.lastName,
    address: normalAddress(wanted.address),
    aliases,
    ...aliasUseOf(aliases, undefined, atMs),
    quotaBytes: wanted.quotaBytes,
    role: wanted.role ?? 'user',
    groups: wanted.groups ?? [],
    service: wanted.service ?? false,
    ...(disabledReason === undefined ? { status: 'active' } : { status: 'disabled', disabledReason }),
    passwordHash,
    sessions: [],
    appPasswords: [],
    forwards: [],
    rules: [],
    createdAtMs: atMs,
    mailbox: { messageCount: 0, bytes: 0, revision: 0, refusedCount: 0, incoming: [] },
    pendingEffects: [{ seq: 1, operation: 'createAccount', effectKey, atMs }],
  };
}
