import { runCli } from '../../cli/run-cli.ts';
import type { Terminal } from '../../cli/terminal.ts';

export interface FakeTerminal extends Terminal {
  /** Everything written so far. */
  readonly written: { out: string; err: string };
  readonly questions: readonly string[];
}

/** What is typed; a function is carried out while the question stands. */
export type TypedAnswer = string | (() => Promise<string>);

/** A terminal that keeps what is written. With `answers` somebody sits there; without, nobody does. `signal`: Ctrl-C. */
export function createFakeTerminal(
  env: Readonly<Record<string, string>>,
  answers?: readonly TypedAnswer[],
  signal = new AbortController().signal,
): FakeTerminal {
  const written = { out: '', err: '' };
  const questions: string[] = [];
  return {
    env,
    written,
    questions,
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    isInteractive: answers !== undefined,
    isLive: false,
    hasColours: false,
    async ask(question) {
      questions.push(question);
      const answer = answers?.[questions.length - 1];
      if (answer === undefined) throw new Error(`nobody answers: ${question}`);
      return typeof answer === 'string' ? answer : await answer();
    },
    signal,
  };
}

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command in this process. */
export async function cli(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  answers?: readonly TypedAnswer[],
): Promise<CliResult> {
  const terminal = createFakeTerminal(env, answers);
  const code = await runCli(args, terminal);
  return { code, ...terminal.written };
}
