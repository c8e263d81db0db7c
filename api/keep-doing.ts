import type { ApiContext } from './api-context.ts';

/** Work of the API beside its requests. */
export interface BackgroundWork {
  readonly everyMs: number;
  /** What the log says where a turn fails; the next one comes all the same. */
  readonly failure: string;
  turn(isStopped: () => boolean): Promise<void>;
}

/** One turn after the other. The function it gives ends this and resolves when nothing of it is under way any more. */
export function keepDoing({ logger }: Pick<ApiContext, 'logger'>, work: BackgroundWork): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function turn(): Promise<void> {
    try {
      await work.turn(() => stopped);
    } catch (error) {
      logger.warn({ err: error }, work.failure);
    }
    if (!stopped) timer = setTimeout(begin, work.everyMs);
  }

  let underWay = Promise.resolve();
  function begin(): void {
    underWay = turn();
  }

  begin();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await underWay;
  };
}
