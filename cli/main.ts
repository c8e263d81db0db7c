import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal.ts';

/* Entry of `npx gangway`. Ctrl-C ends what is under way cleanly; a second one leaves at once. */

const interrupt = new AbortController();
(['SIGINT', 'SIGTERM'] as const).forEach((signal) =>
  process.on(signal, () => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  }),
);
// Whoever reads may have seen enough: `gangway departures | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// What a command writes to the disk is for this user only.
process.umask(0o077);
process.exitCode = await runCli(process.argv.slice(2), processTerminal(interrupt.signal));
