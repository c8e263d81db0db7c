import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { toFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command and gives its exit code. Why it failed goes to `err` as a sentence with its code; with `--json` also to
 * `out`, so that there is one document whatever happens.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const program = createProgram(terminal, (finished) => (code = finished));
  prepare(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, args.includes('--json'), terminal);
  }
}

/** Commander neither ends the process nor writes to it. */
function prepare(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  command.commands.forEach((one) => prepare(one, terminal));
}

function report(error: unknown, asJson: boolean, terminal: Terminal): ExitCode {
  if (terminal.signal.aborted) return EXIT.interrupted;
  // It has written what is wrong, or the help that was asked for.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    if (asJson) printFailure(terminal, 'USAGE', error.message);
    return EXIT.usage;
  }
  const failure = toFailure(error);
  if (failure === undefined) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.err(`gangway: ${text}\n`);
    if (asJson) printFailure(terminal, 'UNEXPECTED', 'Something unexpected happened.');
    return EXIT.failed;
  }
  const { field } = failure.details;
  const where = typeof field === 'string' ? `, ${field}` : '';
  terminal.err(`gangway: ${failure.message} (${failure.code}${where})\n`);
  if (asJson) printFailure(terminal, failure.code, failure.message, failure.details);
  return failure.exitCode;
}

function printFailure(terminal: Terminal, code: string, message: string, details = {}): void {
  terminal.out(`${JSON.stringify({ error: { ...details, code, message } })}\n`);
}
