/** How a command ended: `refused` with an error of its own, `failed` with one nobody foresaw. */
export type CommandOutcome = 'ok' | 'refused' | 'failed';

/** Told of every command and every flush; must return at once. */
export interface StoreObserver {
  /** `name`: one of the store's commands, or `unknown`. With its wait for other commands and the flush. */
  command(name: string, outcome: CommandOutcome, seconds: number): void;
  /** `commands`: how many shared the flush. */
  flush(commands: number, executingSeconds: number, flushingSeconds: number): void;
}

export const SILENT_OBSERVER: StoreObserver = { command: () => undefined, flush: () => undefined };
