import { createParser } from 'eventsource-parser';

/** One event of a stream. */
export interface ServerEvent {
  readonly name: string;
  /** Where a reader goes on who was cut off after it; `undefined`: where they did before. */
  readonly id: string | undefined;
  readonly data: string;
}

/** The events in these bytes, until there are no more. `onSign` is told whenever something came, be it a comment. */
export async function* serverEvents(
  bytes: AsyncIterable<Uint8Array>,
  onSign: () => void = () => undefined,
): AsyncGenerator<ServerEvent, void> {
  const decoder = new TextDecoder();
  const complete: ServerEvent[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => complete.push({ name: event, id, data }),
  });
  for await (const some of bytes) {
    onSign();
    parser.feed(decoder.decode(some, { stream: true }));
    yield* complete.splice(0);
  }
}
