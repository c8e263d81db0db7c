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
process.exitCode = await runCli(process.argv.slice(2), processTerminal(interrupt.signal));
