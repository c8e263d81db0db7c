import { createParser } from 'eventsource-parser';

/** One event as a browser would see it. */
export interface SeenEvent {
  readonly name: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came, comments included. */
  text(): string;
  events(): readonly SeenEvent[];
  /** Waits until this is so; throws after some seconds. */
  until(what: (events: readonly SeenEvent[]) => boolean): Promise<readonly SeenEvent[]>;
  /** Resolves when the server has ended the stream. */
  ended(): Promise<void>;
  /** Goes away. */
  cut(): void;
}

const GIVE_UP_MS = 20_000;

/** Follows a stream of events over HTTP, from the event with this id where one is given. */
export async function openStream(
  url: string,
  { key, lastEventId }: { readonly key: string; readonly lastEventId?: string },
): Promise<OpenStream> {
  const gone = new AbortController();
  const response = await fetch(url, {
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
    },
    signal: gone.signal,
  });
  let text = '';
  const reading = read(response, (more) => (text += more), gone.signal);
  const stream: OpenStream = {
    status: response.status,
    headers: response.headers,
    text: () => text,
    events: () => eventsIn(text),
    async until(what) {
      const giveUpAt = performance.now() + GIVE_UP_MS;
      while (!what(stream.events())) {
        if (performance.now() > giveUpAt) throw new Error(`it did not come: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return stream.events();
    },
    ended: () => reading,
    cut: () => gone.abort(),
  };
  return stream;
}

async function read(response: Response, take: (text: string) => void, gone: AbortSignal): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of response.body ?? [])
      take(decoder.decode(bytes as Uint8Array, { stream: true }));
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}

function eventsIn(text: string): readonly SeenEvent[] {
  const events: SeenEvent[] = [];
  const parser = createParser({
    onEvent: ({ event: name = '', id = '', data }) =>
      events.push({ name, id, data: JSON.parse(data) as SeenEvent['data'] }),
  });
  parser.feed(text);
  return events;
}
