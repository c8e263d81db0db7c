import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ApiAnswer {
  readonly status: number;
  /** The members of the body; empty where it is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The API as somebody with a key uses it. Each call rejects with `ApiUnreachable` when nobody answers. */
export interface ApiClient {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>;
  /** Has an `Idempotency-Key` of its own: however often it is sent, it has one effect. */
  post(path: string, body: object): Promise<ApiAnswer>;
  patch(path: string, body: object): Promise<ApiAnswer>;
}

export interface ApiClientOptions {
  readonly url: string;
  /** Absent: only what needs no key. */
  readonly key?: string | undefined;
  /** For how long a call that may be repeated is, while nobody answers or the answer is "not now". Default: not at all. */
  readonly patienceMs?: number;
  /** Told once for each call that is repeated. */
  readonly onRepeat?: () => void;
  readonly signal?: AbortSignal;
}

export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

const ANSWERS_WITHIN_MS = 60_000;
const PAUSE_MS = 1_000;
/** Busy, or something behind it is away: it says itself when to come again. */
const NOT_NOW: ReadonlySet<number> = new Set([429, 503]);

interface Sent {
  readonly answer: ApiAnswer;
  readonly retryAfterMs: number;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, key, patienceMs = 0 } = options;

  async function send(
    method: string,
    path: string,
    body: object | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Sent> {
    const timeout = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const response = await fetch(`${url}${path}`, {
      method,
      signal: options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      answer: { status: response.status, body: membersOf(await response.text()) },
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : PAUSE_MS,
    };
  }

  async function once(...call: Parameters<typeof send>): Promise<Sent | ApiUnreachable> {
    try {
      return await send(...call);
    } catch (error) {
      options.signal?.throwIfAborted();
      return new ApiUnreachable(`Nobody answers at ${url}.`, { cause: error });
    }
  }

  async function insist(...call: Parameters<typeof send>): Promise<ApiAnswer> {
    const giveUpAt = performance.now() + patienceMs;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await once(...call);
      const isFinal = !(outcome instanceof ApiUnreachable) && !NOT_NOW.has(outcome.answer.status);
      const pauseMs = outcome instanceof ApiUnreachable ? PAUSE_MS : outcome.retryAfterMs;
      if (isFinal || performance.now() + pauseMs > giveUpAt) return answerOf(outcome);
      if (attempt === 1) options.onRepeat?.();
      await sleep(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
    }
  }

  return {
    get: (path, headers = {}) => insist('GET', path, undefined, headers),
    post: (path, body) => insist('POST', path, body, { 'idempotency-key': randomUUID() }),
    patch: async (path, body) => answerOf(await once('PATCH', path, body, {})),
  };
}

function answerOf(outcome: Sent | ApiUnreachable): ApiAnswer {
  if (outcome instanceof ApiUnreachable) throw outcome;
  return outcome.answer;
}

/** What answers may be a proxy in front of the API. */
function membersOf(text: string): ApiAnswer['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as ApiAnswer['body']) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
