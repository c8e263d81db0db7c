import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiRequests } from './api-requests.ts';
import type { ApiAnswer, Download, Sent, Upload } from './api-requests.ts';
import type { ServerEvent } from './server-events.ts';

export { DownloadCut } from './api-requests.ts';
export type { ApiAnswer, Upload } from './api-requests.ts';

/** The API as somebody with a key uses it. Each call rejects with `ApiUnreachable` when nobody answers. */
export interface ApiClient {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>;
  /** Has an `Idempotency-Key` of its own: however often it is sent, it has one effect. */
  post(path: string, body: object): Promise<ApiAnswer>;
  patch(path: string, body: object): Promise<ApiAnswer>;
  /** A file, read anew whenever it is sent again; with an `Idempotency-Key` of its own. */
  upload(path: string, upload: Upload): Promise<ApiAnswer>;
  /** A file, for as long as something comes of it. One that breaks off throws `DownloadCut` while it is read, and is not asked for again. */
  download(path: string): Promise<Download>;
  /**
   * The server-sent events of this address, for as long as they are wanted: a stream that was cut or ended is opened again a
   * second later, from the last event on that came. Returns the answer that was no stream, such as a refusal.
   */
  follow(path: string): AsyncGenerator<ServerEvent, ApiAnswer>;
}

export interface ApiClientOptions {
  readonly url: string;
  /** Absent: only what needs no key. */
  readonly key?: string | undefined;
  /** For how long a call that may be repeated is, while nobody answers or the answer is "not now". Default: not at all. */
  readonly patienceMs?: number;
  /** The same, once somebody has answered a call: they may come back. Default: no longer than before. */
  readonly patienceOnceAnsweredMs?: number;
  /** Told once for each call that is repeated. */
  readonly onRepeat?: () => void;
  readonly signal?: AbortSignal;
  /** A stream on which nothing comes for so long, not even a sign of life, is taken for cut. Default: a minute. */
  readonly silentAfterMs?: number;
}

export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

const PAUSE_MS = 1_000;
/** Busy, or something behind it is away: it says itself when to come again. The others are said by proxies. */
const NOT_NOW: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, signal, patienceMs = 0, patienceOnceAnsweredMs = patienceMs } = options;
  const requests = createApiRequests(options);
  let wasAnswered = false;

  async function once<T>(call: () => Promise<T>): Promise<T | ApiUnreachable> {
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      return new ApiUnreachable(`Nobody answers at ${url}.`, { cause: error });
    }
  }

  async function insist<T extends Sent>(call: () => Promise<T>): Promise<T> {
    const givesUpAfterMs = wasAnswered ? patienceOnceAnsweredMs : patienceMs;
    const beganAtMs = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await once(call);
      const waitedMs = performance.now() - beganAtMs;
      const isFinal = !(outcome instanceof ApiUnreachable) && !NOT_NOW.has(outcome.answer.status);
      wasAnswered ||= isFinal;
      const pauseMs = pauseAfter(outcome, waitedMs);
      if (isFinal || waitedMs + pauseMs > givesUpAfterMs) return orThrow(outcome);
      if (attempt === 1) options.onRepeat?.();
      await pause(pauseMs);
    }
  }

  function pause(ms: number): Promise<void> {
    return sleep(ms, undefined, signal === undefined ? {} : { signal });
  }

  async function* follow(path: string): AsyncGenerator<ServerEvent, ApiAnswer> {
    let lastEventId: string | undefined;
    for (;;) {
      const { answer, events } = await insist(() => requests.open(path, lastEventId));
      if (events === undefined) return answer;
      try {
        for await (const event of events) {
          lastEventId = event.id ?? lastEventId;
          yield event;
        }
      } catch {
        // However it was cut off, it goes on, unless it was us.
        signal?.throwIfAborted();
      }
      await pause(PAUSE_MS);
    }
  }

  return {
    get: async (path, headers = {}) =>
      (await insist(() => requests.send('GET', path, undefined, headers))).answer,
    async post(path, body) {
      const headers = { 'idempotency-key': randomUUID() };
      return (await insist(() => requests.send('POST', path, body, headers))).answer;
    },
    patch: async (path, body) => orThrow(await once(() => requests.send('PATCH', path, body, {}))).answer,
    async upload(path, upload) {
      const idempotencyKey = randomUUID();
      return (await insist(() => requests.upload(path, upload, idempotencyKey))).answer;
    },
    download: (path) => insist(() => requests.download(path)),
    follow,
  };
}

/** Where the answer does not say when to come again: a second, and when it lasts a tenth of the time it has lasted. */
function pauseAfter(outcome: Sent | ApiUnreachable, waitedMs: number): number {
  const said = outcome instanceof ApiUnreachable ? undefined : outcome.retryAfterMs;
  return said ?? Math.max(PAUSE_MS, waitedMs / 10);
}

function orThrow<T>(outcome: T | ApiUnreachable): T {
  if (outcome instanceof ApiUnreachable) throw outcome;
  return outcome;
}
