import type { RevisedCollection } from '../store/collection.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import type { Belonging } from './belonging.ts';

/** Each effect has an id of its own, so that copying twice adds nothing. */
export async function copyBelongingEffects<T extends Belonging>(
  store: DirectoryStore,
  collection: RevisedCollection<T>,
  belonging: T,
): Promise<void> {
  if (belonging.pendingEffects.length === 0) return;
  for (const effect of belonging.pendingEffects) {
    const id = `${belonging._id}:${String(effect.seq).padStart(9, '0')}`;
    await store.effects.insert({ ...effect, _id: id, orgId: belonging.orgId });
  }
  await collection.replace(belonging, { ...belonging, pendingEffects: [] });
}
