import type { ShownCase } from '../../shared/platform/api-client/shown-departure.ts';
import type { CommandContext } from '../command-context.ts';
import { expectOk, misused } from '../command-failure.ts';
import { departureRequest } from '../departures/departure-options.ts';
import type { DepartureOptions } from '../departures/departure-options.ts';
import { localTime } from '../departures/local-time.ts';
import { simulationText } from '../departures/simulation.ts';
import type { Simulation } from '../departures/simulation.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findPerson } from '../people/find-person.ts';

export interface DepartOptions extends DepartureOptions {
  readonly yes?: true;
}

/** Asks for a departure, held to the plan that was shown: it is refused when anything changed since. */
export async function depart(
  context: CommandContext,
  idOrAddress: string,
  options: DepartOptions,
): Promise<ExitCode> {
  const { terminal } = context;
  if (options.yes === undefined && !terminal.isInteractive)
    throw misused(
      'NOT_CONFIRMED',
      'Nobody can be asked here: say --yes, or look at the plan first with simulate.',
    );
  const api = context.api();
  const person = await findPerson(api, idOrAddress);
  const request = await departureRequest(api, person, options);
  const simulation = expectOk(await api.post('/v1/departures/simulation', request)) as unknown as Simulation;
  if (options.yes === undefined) {
    terminal.err(`${simulationText(person, simulation)}\n\n`);
    const answer = await terminal.ask(`Carry out this departure of ${person.fullName}? Type yes: `);
    if (answer.trim().toLowerCase() !== 'yes')
      throw misused('NOT_CONFIRMED', 'Nothing was asked for, because the answer was not yes.');
  }
  const { planToken } = simulation;
  const departure = expectOk(await api.post('/v1/departures', { ...request, planToken }));
  context.show(departure, summaryOf(person.fullName, departure as unknown as ShownCase));
  return EXIT.fine;
}

function summaryOf(fullName: string, { id, state, leaveAt }: ShownCase): string {
  const held =
    state === 'guard_held' ? '\nMore departures than usual: it waits until another owner releases it.' : '';
  return `${id}\n${fullName} leaves ${localTime(leaveAt)}; the departure is ${state}.${held}\nSee it happen: gangway watch ${id}`;
}
