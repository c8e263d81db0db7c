import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import type { Environment } from '../shared/platform/config/read-secret.ts';

/** Where a command runs: what it reads, and where its words go. */
export interface Terminal {
  readonly env: Environment;
  /** What was asked for. */
  readonly out: (text: string) => void;
  /** Everything else: progress, questions, why something failed. */
  readonly err: (text: string) => void;
  /** Somebody sits there who can be asked. */
  readonly isInteractive: boolean;
  /** `err` may rewrite its last line. */
  readonly isLive: boolean;
  readonly hasColours: boolean;
  readonly ask: (question: string) => Promise<string>;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}

export function processTerminal(signal: AbortSignal): Terminal {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isInteractive: stdin.isTTY && stderr.isTTY,
    isLive: stderr.isTTY,
    hasColours: stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(question, { signal });
      } finally {
        lines.close();
      }
    },
    signal,
  };
}

export type Colour = 'green' | 'yellow' | 'red' | 'dim';

export function coloured(terminal: Pick<Terminal, 'hasColours'>, colour: Colour, text: string): string {
  return terminal.hasColours ? styleText(colour, text) : text;
}
