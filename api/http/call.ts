import type { Readable } from 'node:stream';
import type { ApiKey } from '../../shared/platform/persistence/api-key-repository.ts';

/** Who acts: the owner of the key. */
export interface Actor {
  readonly orgId: string;
  readonly ownerId: string;
  readonly key: ApiKey;
}

/** Whoever acts: somebody with a key, or Gangway by itself. */
export interface Acting {
  /** Without scopes: Gangway, which may do everything. */
  readonly actor: Pick<Actor, 'orgId' | 'ownerId'> & {
    readonly key: Partial<Pick<ApiKey, 'personId' | 'scopes'>>;
  };
}

/** One request, after its key and its scope were checked. */
export interface Call {
  readonly actor: Actor;
  readonly requestId: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** The body as it comes, where the operation takes a file. */
  readonly incoming?: Readable;
  header(name: string): string | undefined;
  /** Aborted when the caller is gone, or was answered. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Events, in place of a body: sent for as long as somebody follows them. */
  readonly stream?: Readable;
  /** Absent: no content. */
  readonly body?: unknown;
  /** A page, in place of a body. */
  readonly html?: string;
  /** A document, in place of a body. */
  readonly markdown?: string;
}

/** A parameter of the address. Absent only when the route does not declare it. */
export function paramOf(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}
