import { createHash } from 'node:crypto';
import type { StoredResponse } from '../../shared/platform/persistence/idempotency-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from './call.ts';
import { Problem, problemKindOf } from './problem.ts';

const KEY = /^[\x21-\x7e]{1,200}$/u;

/** What a command is carried out with. */
export interface Attempt {
  /** Id of what the command creates: the first attempt's, however often it is repeated. */
  readonly subjectId: string;
  /** Deduplicates the command in the engine, and its entry in the audit. The caller's text is not in it. */
  readonly updateId: string;
  /** When an earlier attempt began that did not come to its end: parts of it may have happened, or happen now. */
  readonly earlierSinceMs?: number;
}

export interface CommandOptions {
  readonly required: boolean;
  /** A new id for what the command creates. */
  readonly subjectId: string;
  /** What is asked for, where it is not the body. */
  readonly asked?: unknown;
  /** What is stored of the answer, where it holds a secret that is shown once. */
  readonly withoutSecrets?: (answer: Answer) => Answer;
}

function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Of a command with an `Idempotency-Key`. */
export function updateIdOf(call: Call): string {
  const { orgId, ownerId } = call.actor;
  return digest(orgId, ownerId, `${call.method} ${call.path}`, call.header('idempotency-key'));
}

/** Key order does not make another request. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, canonical(member)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The same `Idempotency-Key` with the same request gives the same answer and has one effect; with another request it is
 * `IDEMPOTENCY_MISMATCH`. A refused command leaves nothing behind, so it may be sent again. One that did not come to its
 * end (a crash, an outage) goes on when it is repeated.
 */
export async function idempotently(
  context: ApiContext,
  call: Call,
  options: CommandOptions,
  run: (attempt: Attempt) => Promise<Answer>,
): Promise<Answer> {
  const text = call.header('idempotency-key');
  const { orgId, ownerId } = call.actor;
  if (text === undefined) {
    if (options.required) throw new Problem('IDEMPOTENCY_KEY_REQUIRED', { field: 'Idempotency-Key' });
    const updateId = digest(orgId, ownerId, call.method, call.path, options.subjectId);
    return run({ subjectId: options.subjectId, updateId });
  }
  if (!KEY.test(text)) throw new Problem('IDEMPOTENCY_KEY_INVALID', { field: 'Idempotency-Key' });

  const updateId = updateIdOf(call);
  const command = { orgId, key: updateId };
  const { idempotency } = context.repositories;
  const begun = await idempotency.begin(
    command,
    digest(canonical(options.asked ?? call.body)),
    options.subjectId,
    context.now(),
  );
  if (begun.kind === 'different') throw new Problem('IDEMPOTENCY_MISMATCH', { field: 'Idempotency-Key' });
  if (begun.kind === 'same') return begun.response;
  try {
    const earlier = begun.kind === 'running' ? { earlierSinceMs: begun.sinceMs } : {};
    const answer = await run({ subjectId: begun.subjectId, updateId, ...earlier });
    const { withoutSecrets } = options;
    // Of several attempts at once the first answer is everybody's; a secret is in its own maker's answer only.
    const stored = await idempotency.finish(command, toStore(withoutSecrets?.(answer) ?? answer));
    return withoutSecrets === undefined ? stored : answer;
  } catch (error) {
    // Only the attempt that began it, and only what surely had no effect.
    if (begun.kind === 'new' && error instanceof Problem && problemKindOf(error.code).status < 500)
      await idempotency.abandon(command);
    throw error;
  }
}

function toStore(answer: Answer): StoredResponse {
  return { status: answer.status, headers: answer.headers ?? {}, body: answer.body };
}
