import { z } from 'zod';

/** One end of an IPC channel: `process` in a child, the `ChildProcess` in its parent. */
export interface Channel {
  send?(message: object, done: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

const question = z.object({ metrics: z.literal('asked'), id: z.number() });
/** Without a text: whoever was asked cannot tell. */
const answer = z.object({
  metrics: z.literal('told'),
  id: z.number(),
  text: z.string().optional(),
});

/** A question or an answer of this channel, which carries other messages as well. */
export function isOfMetrics(message: unknown): boolean {
  return question.safeParse(message).success || answer.safeParse(message).success;
}

let lastId = 0;

/** The metrics of the process at the other end, or of what it knows; `undefined` when it does not tell in time. */
export function askForMetrics(channel: Channel, withinMs: number): Promise<string | undefined> {
  const id = (lastId += 1);
  return new Promise((resolve) => {
    const settle = (text: string | undefined): void => {
      clearTimeout(timer);
      channel.off('message', onMessage);
      resolve(text);
    };
    const onMessage = (message: unknown): void => {
      const told = answer.safeParse(message);
      if (told.success && told.data.id === id) settle(told.data.text);
    };
    const timer = setTimeout(() => settle(undefined), withinMs);
    channel.on('message', onMessage);
    channel.send?.({ metrics: 'asked', id } satisfies z.input<typeof question>, (error) => {
      if (error !== null) settle(undefined);
    });
  });
}

/** Tells whoever asks at the other end. A process that is not anybody's child has nobody to tell. */
export function answerMetrics(channel: Channel, read: () => Promise<string>): void {
  channel.on('message', (message) => {
    const asked = question.safeParse(message);
    if (!asked.success) return;
    const tell = (text?: string): void => {
      const told = { metrics: 'told', id: asked.data.id, ...(text === undefined ? {} : { text }) };
      // Nobody listens any more when the channel is closed.
      channel.send?.(told, () => undefined);
    };
    // One that cannot tell is seen to be one, at once: `gangway_process_up` is 0.
    read().then(tell, () => tell());
  });
}
