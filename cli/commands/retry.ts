import type { CommandContext } from '../command-context.ts';
import { expectOk } from '../command-failure.ts';
import { pathOf } from '../departures/path-of.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/** Has a step tried again that was given up. */
export async function retry(context: CommandContext, id: string, step: string): Promise<ExitCode> {
  const answer = expectOk(
    await context.api().post(`${pathOf(id)}/steps/${encodeURIComponent(step)}/retry`, {}),
  );
  context.show(answer, `${step} is tried again; the departure is ${String(answer['state'])}.`);
  return EXIT.fine;
}
