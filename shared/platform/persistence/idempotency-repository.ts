import type { Connection } from 'mongoose';
import { openCollection, type StoredDocument } from './collection.ts';

/** One answered command. Never holds a secret: a secret is shown once and not again. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface CommandKey {
  readonly orgId: string;
  /** sha256 of (organisation, actor, route, the caller's key). */
  readonly key: string;
}

type IdempotencyBegun =
  | { readonly kind: 'new'; readonly subjectId: string }
  | { readonly kind: 'same'; readonly response: StoredResponse }
  /**
   * Begun before and not finished: still running, or its process died. Going on with the stored subject is safe, since
   * every command has one effect however often it is carried out.
   */
  | { readonly kind: 'running'; readonly subjectId: string; readonly sinceMs: number }
  | { readonly kind: 'different' };

export interface IdempotencyRepository {
  /** `subjectId`: the id of what the command would create; a repetition gets the first one. */
  begin(command: CommandKey, requestHash: string, subjectId: string, atMs: number): Promise<IdempotencyBegun>;
  /** The first answer stands, and is given. */
  finish(command: CommandKey, response: StoredResponse): Promise<StoredResponse>;
  /** Forgets a command that was refused without an effect, so that it can be corrected and sent again. */
  abandon(command: CommandKey): Promise<void>;
  ensureIndexes(): Promise<void>;
}

type IdempotencyDocument = StoredDocument & {
  readonly requestHash: string;
  readonly subjectId: string;
  readonly state: 'running' | 'finished';
  readonly begunAtMs: number;
  readonly response?: StoredResponse;
};

const idOf = (command: CommandKey): string => `idem:${command.key}`;

export function createIdempotencyRepository(connection: Connection): IdempotencyRepository {
  const collection = openCollection<IdempotencyDocument>(connection, {
    name: 'idempotency',
    fields: {
      requestHash: 'string',
      subjectId: 'string',
      state: 'string',
      begunAtMs: 'number',
      response: 'json?',
    },
    indexes: [{ orgId: 1, begunAtMs: 1 }],
  });
  return {
    async begin(command, requestHash, subjectId, atMs) {
      const document: IdempotencyDocument = {
        _id: idOf(command),
        orgId: command.orgId,
        requestHash,
        subjectId,
        state: 'running',
        begunAtMs: atMs,
      };
      if ((await collection.insert(document)) === 'inserted') return { kind: 'new', subjectId };
      const found = await collection.findOne({ _id: idOf(command), orgId: command.orgId });
      // Abandoned in between: the command had no effect, so this one may run under its own id.
      if (found === undefined) return { kind: 'running', subjectId, sinceMs: atMs };
      if (found.requestHash !== requestHash) return { kind: 'different' };
      if (found.response !== undefined) return { kind: 'same', response: found.response };
      return { kind: 'running', subjectId: found.subjectId, sinceMs: found.begunAtMs };
    },
    async finish(command, response) {
      const finished = await collection.updateOne(
        { _id: idOf(command), orgId: command.orgId, state: 'running' },
        { set: { state: 'finished', response } },
      );
      if (finished) return response;
      const found = await collection.findOne({ _id: idOf(command), orgId: command.orgId });
      return found?.response ?? response;
    },
    async abandon(command) {
      await collection.deleteOne({ _id: idOf(command), orgId: command.orgId, state: 'running' });
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
