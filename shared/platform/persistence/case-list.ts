import type { CaseKind, CaseState } from '../../domain/case-states.ts';
import { below, between, oneOf, type Filter } from './collection.ts';
import { mergeNewestFirst } from './merge-ordered.ts';

/**
 * Each of the first five has an index that also yields the order, and is found by it; of several that are given, the others are
 * looked at in what the index gives, and a page is filled all the same. `dueFromMs` and `dueUntilMs` are always looked at so.
 */
export interface CaseListFilter {
  /** Any of these. */
  readonly states?: readonly CaseState[];
  readonly needsAttention?: boolean;
  readonly personId?: string;
  readonly kind?: CaseKind;
  /** The owner who asked. */
  readonly requestedBy?: string;
  /** Only cases with something due in this time, both ends included. */
  readonly dueFromMs?: number;
  readonly dueUntilMs?: number;
  /** The id of the last case of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export const NEWEST_FIRST = { _id: -1 } as const;

/** A page of a list, by the reading of one range. */
export async function listNewestFirst<T extends { readonly id: string }>(
  orgId: string,
  filter: CaseListFilter,
  read: (one: Filter, limit: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const { states, limit } = filter;
  if (states === undefined || states.length === 1 || isOrderedOtherwise(filter))
    return read(listFilter(orgId, filter), limit);
  // One range for each state: an index yields the order for one state, not for several.
  return mergeNewestFirst(
    states.map((state) => (page) => {
      const after = page.before ?? filter.after;
      const ofState = { ...filter, states: [state], ...(after === undefined ? {} : { after }) };
      return read(listFilter(orgId, ofState), page.limit);
    }),
    limit,
  );
}

/** There is another index for it that yields the order. */
function isOrderedOtherwise({ needsAttention, personId, requestedBy }: CaseListFilter): boolean {
  return needsAttention !== undefined || personId !== undefined || requestedBy !== undefined;
}

function listFilter(orgId: string, filter: CaseListFilter): Filter {
  const { states, dueFromMs: from, dueUntilMs: until } = filter;
  const [state, ...others] = states ?? [];
  const due = between(from, until);
  return {
    orgId,
    ...(states === undefined
      ? {}
      : { state: state !== undefined && others.length === 0 ? state : oneOf(states) }),
    ...(filter.needsAttention === undefined ? {} : { needsAttention: filter.needsAttention }),
    ...(filter.kind === undefined ? {} : { kind: filter.kind }),
    ...(filter.personId === undefined ? {} : { personId: filter.personId }),
    ...(filter.requestedBy === undefined ? {} : { requestedBy: filter.requestedBy }),
    ...(due === undefined ? {} : { dueAtMs: due }),
    ...(filter.after === undefined ? {} : { _id: below(filter.after) }),
  };
}
