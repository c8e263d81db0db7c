import { isSettled } from '../../shared/domain/case-states.ts';
import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ShownDeparture } from '../../shared/platform/api-client/shown-departure.ts';
import type { CommandContext } from '../command-context.ts';
import { expectOk, misused } from '../command-failure.ts';
import { pathOf } from '../departures/path-of.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/** Lets a step pass that waits for a second person, who types the full name of the one who leaves. */
export async function approve(
  context: CommandContext,
  id: string,
  step: string | undefined,
  typedName: string | undefined,
): Promise<ExitCode> {
  const api = context.api();
  const stepKey = step ?? (await onlyStepToApprove(api, id));
  const name = typedName ?? (await askForName(context, stepKey));
  const answer = expectOk(
    await api.post(`${pathOf(id)}/steps/${encodeURIComponent(stepKey)}/approve`, { typedName: name }),
  );
  context.show(answer, `${stepKey} is approved; the departure is ${String(answer['state'])}.`);
  return EXIT.fine;
}

async function onlyStepToApprove(api: ApiClient, id: string): Promise<string> {
  const departure = expectOk(await api.get(pathOf(id))) as unknown as ShownDeparture;
  const open = departure.steps.filter((step) => step.needsApproval && !isSettled(step.status));
  const [only] = open;
  if (only === undefined)
    throw misused('NOTHING_TO_APPROVE', 'Nothing of this departure is to be approved any more.');
  if (open.length === 1) return only.key;
  const keys = open.map(({ key }) => key);
  throw misused('STEP_NOT_CLEAR', `Several steps are to be approved, name one: ${keys.join(', ')}.`, {
    steps: keys,
  });
}

async function askForName({ terminal }: CommandContext, stepKey: string): Promise<string> {
  if (!terminal.isInteractive)
    throw misused(
      'NAME_MISSING',
      'Nobody can be asked here: give the full name of the leaver with --typed-name.',
    );
  return terminal.ask(`To approve ${stepKey}, type the full name of the person who leaves: `);
}
