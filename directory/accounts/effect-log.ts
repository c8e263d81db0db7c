import type { Account } from '../account.ts';
import type { Belonging } from '../belongings/belonging.ts';
import { copyBelongingEffects } from '../belongings/copy-effects.ts';
import type { RevisedCollection } from '../store/collection.ts';
import type { DirectoryEffect, DirectoryStore } from '../store/directory-store.ts';

const pageSize = 200;

/** What an account carries, as the log has it. */
export function effectsOf(account: Account): readonly DirectoryEffect[] {
  const { _id: accountId, orgId } = account;
  return account.pendingEffects.map((effect) => ({
    ...effect,
    ...{ _id: `${accountId}:${String(effect.seq).padStart(9, '0')}`, orgId, accountId },
  }));
}

/** Copies the effects an account carries to the log, each under its own id, so that copying twice adds nothing. */
export async function copyEffects(store: DirectoryStore, account: Account): Promise<void> {
  if (account.pendingEffects.length === 0) return;
  for (const effect of effectsOf(account)) await store.effects.insert(effect);
  // Losing this race is harmless: the effects are carried a little longer and copied again under the same ids.
  await store.accounts.replace(account, { ...account, pendingEffects: [] });
}

/**
 * Everything that really changed in an organisation, by instant, then by account and order of change. Effects that a crash
 * left inside accounts and belongings are copied first, so that the answer is complete.
 */
export async function readEffects(store: DirectoryStore, orgId: string): Promise<readonly DirectoryEffect[]> {
  for await (const account of allOf(store.accounts, orgId)) await copyEffects(store, account);
  await copyAllOf(store, orgId, store.files);
  await copyAllOf(store, orgId, store.calendars);
  await copyAllOf(store, orgId, store.meetings);
  const effects: DirectoryEffect[] = [];
  for await (const effect of allOf(store.effects, orgId)) effects.push(effect);
  return effects.sort((a, b) => a.atMs - b.atMs || a._id.localeCompare(b._id));
}

async function copyAllOf<T extends Belonging>(
  store: DirectoryStore,
  orgId: string,
  collection: RevisedCollection<T>,
): Promise<void> {
  for await (const belonging of allOf(collection, orgId))
    await copyBelongingEffects(store, collection, belonging);
}

async function* allOf<T extends { readonly _id: string }>(
  collection: { page(orgId: string, where: object, afterId: string, limit: number): Promise<readonly T[]> },
  orgId: string,
): AsyncIterable<T> {
  for (let afterId = ''; ;) {
    const page = await collection.page(orgId, {}, afterId, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    afterId = last._id;
  }
}
