import type { Terminal } from '../terminal.ts';

export interface Progress {
  /** What is being done; with a share between 0 and 1 where it is known, and what else changes all the time. */
  readonly show: (step: string, share?: number, detail?: string) => void;
  readonly end: () => void;
}

const REDRAW_EVERY_MS = 200;
const LINE_EVERY_MS = 15_000;
const LINE_WIDTH = 78;

/** On a terminal one line that counts; elsewhere a line at each new step and every 15 s. */
export function createProgress({ err, isLive }: Pick<Terminal, 'err' | 'isLive'>): Progress {
  let current = '';
  let nextAtMs = 0;
  return {
    show(step, share, detail = '') {
      const nowMs = performance.now();
      const isNew = step !== current;
      if (!isNew && nowMs < nextAtMs) return;
      current = step;
      nextAtMs = nowMs + (isLive ? REDRAW_EVERY_MS : LINE_EVERY_MS);
      const hidesShare = share === undefined || (isNew && !isLive);
      const text = hidesShare
        ? `${step} …`
        : `${step} … ${Math.floor(Math.min(share, 1) * 100)} %${detail === '' ? '' : `, ${detail}`}`;
      err(isLive ? `\r${text.slice(0, LINE_WIDTH).padEnd(LINE_WIDTH)}` : `${text}\n`);
    },
    end() {
      if (isLive && current !== '') err(`\r${' '.repeat(LINE_WIDTH)}\r`);
    },
  };
}
