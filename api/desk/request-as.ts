import type { Actor, Call } from '../http/call.ts';

/** Whoever something is carried out for, without a request of theirs. */
export interface Asking extends Pick<Actor, 'orgId' | 'ownerId'> {
  readonly scopes: readonly string[];
  /** The person who the owner is, where that is known. */
  readonly personId?: string | undefined;
  /** Of what they asked for. Stands where a key would: nobody can sign in with it. */
  readonly id: string;
  readonly createdAtMs: number;
  readonly idempotencyKey: string;
  readonly requestId: string;
}

/** What somebody wants, as a request of theirs to the operations of the API. */
export function requestAs(
  asking: Asking,
  request: Pick<Call, 'method' | 'path' | 'params' | 'body'>,
  signal: AbortSignal,
): Call {
  const { orgId, ownerId, scopes, personId, id, createdAtMs, idempotencyKey, requestId } = asking;
  const known = personId === undefined ? {} : { personId };
  return {
    ...request,
    actor: {
      ...{ orgId, ownerId },
      key: { id, orgId, hash: '', prefix: '', ownerId, ownerName: '', scopes, createdAtMs, ...known },
    },
    ...{ requestId, query: {}, signal },
    header: (name) => (name === 'idempotency-key' ? idempotencyKey : undefined),
  };
}
