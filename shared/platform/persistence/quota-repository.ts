import type { Connection } from 'mongoose';
import {
  keepTokens,
  takeTokens,
  type TakenTokens,
  type TokenGrant,
  type TokenLimit,
  type TokenWish,
} from '../../domain/imports/token-bucket.ts';
import { openCollection, type StoredDocument } from './collection.ts';
import { untilFirst } from './compare-and-set.ts';

/** What tokens are taken from: the quota of a target, which all imports of an organisation share, or the rate of one import. */
export type QuotaRef = { readonly orgId: string } & (
  { readonly target: string } | { readonly importId: string }
);

/** One document for each, changed by compare-and-set: of two imports at once only one takes the last token. */
export interface QuotaRepository {
  /** What is there of what is wanted. Asking again under the same key takes nothing twice. */
  take(quota: QuotaRef, wish: TokenWish, limit: TokenLimit): Promise<Omit<TakenTokens, 'grants'>>;
  /** Says how many of the tokens of a key were used, and that nothing was done with them after this instant. */
  keep(quota: QuotaRef, key: string, count: number, nowMs: number): Promise<void>;
  ensureIndexes(): Promise<void>;
}

type QuotaDocument = StoredDocument & { readonly rev: number; readonly grants: readonly TokenGrant[] };

export function createQuotaRepository(connection: Connection): QuotaRepository {
  const collection = openCollection<QuotaDocument>(connection, {
    name: 'import_quotas',
    fields: { rev: 'number', grants: 'json' },
    indexes: [],
  });

  async function read(quota: QuotaRef): Promise<QuotaDocument> {
    const [_id, { orgId }] = [idOf(quota), quota];
    const found = await collection.findOne({ _id, orgId });
    if (found !== undefined) return found;
    await collection.insert({ _id, orgId, rev: 0, grants: [] });
    return read(quota);
  }

  function change<T>(
    quota: QuotaRef,
    decide: (grants: readonly TokenGrant[]) => { readonly grants: readonly TokenGrant[]; readonly answer: T },
  ): Promise<T> {
    return untilFirst('a quota', async () => {
      const { _id, orgId, rev, grants: before } = await read(quota);
      const { grants, answer } = decide(before);
      if (JSON.stringify(grants) === JSON.stringify(before)) return answer;
      const changed = await collection.updateOne(
        { _id, orgId, rev },
        { set: { grants }, increment: { rev: 1 } },
      );
      return changed ? answer : undefined;
    });
  }

  return {
    take: (quota, wish, limit) =>
      change(quota, (before) => {
        const { grants, ...answer } = takeTokens(before, wish, limit);
        return { grants, answer };
      }),
    async keep(quota, key, count, nowMs) {
      await change(quota, (before) => ({ grants: keepTokens(before, { key, count, nowMs }), answer: true }));
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

function idOf(quota: QuotaRef): string {
  return 'target' in quota ? `quota:${quota.orgId}:${quota.target}` : `quota:${quota.importId}`;
}
