import { serverEvents } from './server-events.ts';
import type { ServerEvent } from './server-events.ts';

export interface ApiAnswer {
  readonly status: number;
  /** The members of the body; empty where it is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly answer: ApiAnswer;
  /** When to come again, where the answer says so. */
  readonly retryAfterMs: number | undefined;
}

/** Throws while it is read when it is cut, or when nothing comes for too long. */
export type OpenedEvents = AsyncGenerator<ServerEvent, void>;

/** A file that came in part. */
export class DownloadCut extends Error {
  override readonly name = 'DownloadCut';
}

/** The same of a file. */
export type Download = Sent & { readonly bytes?: AsyncGenerator<Uint8Array, void> };

/** A file to be sent. */
export interface Upload {
  /** Its media type. */
  readonly type: string;
  /** Its bytes from the beginning. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** Requests as they go out, each of them once. They reject when there is no answer. */
export interface ApiRequests {
  send(
    method: string,
    path: string,
    body: object | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Sent>;
  /** Without `events` the answer is something else than a stream. */
  open(path: string, lastEventId: string | undefined): Promise<Sent & { readonly events?: OpenedEvents }>;
  upload(path: string, upload: Upload, idempotencyKey: string): Promise<Sent>;
  /** Without `bytes` there is no file. */
  download(path: string): Promise<Download>;
}

const ANSWERS_WITHIN_MS = 60_000;
/** Four times as long as the API lets pass before it shows that a stream lives. */
const SILENT_AFTER_MS = 60_000;

export function createApiRequests(options: {
  readonly url: string;
  readonly key?: string | undefined;
  readonly signal?: AbortSignal;
  readonly silentAfterMs?: number;
}): ApiRequests {
  const { url, key, signal, silentAfterMs = SILENT_AFTER_MS } = options;
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const until = (giveUp: AbortSignal): AbortSignal =>
    signal === undefined ? giveUp : AbortSignal.any([signal, giveUp]);

  /** An answer that lasts as long as something comes. */
  async function lasting(path: string, headers: Readonly<Record<string, string>>, sent?: Upload) {
    const silence = new AbortController();
    // Keeps no process alive; and once the stream is over, nothing is left to abort.
    const timer = setTimeout(() => silence.abort(), silentAfterMs).unref();
    const response = await fetch(`${url}${path}`, {
      signal: until(silence.signal),
      headers: { ...authorization, ...headers },
      ...(sent === undefined ? {} : sending(sent.pieces(), () => void timer.refresh())),
    });
    return { response, onSign: () => void timer.refresh() };
  }

  return {
    async send(method, path, body, headers) {
      const response = await fetch(`${url}${path}`, {
        method,
        signal: until(AbortSignal.timeout(ANSWERS_WITHIN_MS)),
        headers: {
          ...authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return sentOf(response);
    },
    async open(path, lastEventId) {
      const { response, onSign } = await lasting(path, {
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      });
      const { status, body } = response;
      if (status !== 200 || body === null || !isEventStream(response)) return sentOf(response);
      const events = serverEvents(body as AsyncIterable<Uint8Array>, onSign);
      return { answer: { status, body: {} }, retryAfterMs: undefined, events };
    },
    async upload(path, upload, idempotencyKey) {
      const headers = { 'content-type': upload.type, 'idempotency-key': idempotencyKey };
      return sentOf((await lasting(path, headers, upload)).response);
    },
    async download(path) {
      const { response, onSign } = await lasting(path, {});
      const { status, body } = response;
      if (status !== 200 || body === null) return sentOf(response);
      const bytes = watched(body as AsyncIterable<Uint8Array>, onSign, signal);
      return { answer: { status, body: {} }, retryAfterMs: undefined, bytes };
    },
  };
}

/** A body that goes out as it is read. `onSign`: somebody takes it. */
function sending(pieces: AsyncIterable<Uint8Array>, onSign: () => void) {
  const body = (async function* () {
    for await (const piece of pieces) {
      onSign();
      yield piece;
    }
  })();
  return { method: 'POST', body: ReadableStream.from(body), duplex: 'half' } as const;
}

/** Throws `DownloadCut` where the file breaks off; what the caller does with its pieces is none of its faults. */
async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  onSign: () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const reading = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await reading.next().catch((error: unknown) => {
        signal?.throwIfAborted();
        throw new DownloadCut('The answer broke off.', { cause: error });
      });
      if (next.done === true) return;
      onSign();
      yield next.value;
    }
  } finally {
    await reading.return?.();
  }
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true;
}

async function sentOf(response: Response): Promise<Sent> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    answer: { status: response.status, body: membersOf(await response.text()) },
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : undefined,
  };
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
