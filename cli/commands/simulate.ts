import type { CommandContext } from '../command-context.ts';
import { expectOk } from '../command-failure.ts';
import { departureRequest } from '../departures/departure-options.ts';
import type { DepartureOptions } from '../departures/departure-options.ts';
import { simulationText } from '../departures/simulation.ts';
import type { Simulation } from '../departures/simulation.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findPerson } from '../people/find-person.ts';

/** Shows the plan a departure would have. Writes nothing. */
export async function simulate(
  context: CommandContext,
  idOrAddress: string,
  options: DepartureOptions,
): Promise<ExitCode> {
  const api = context.api();
  const person = await findPerson(api, idOrAddress);
  const request = await departureRequest(api, person, options);
  const simulation = expectOk(await api.post('/v1/departures/simulation', request));
  context.show(simulation, simulationText(person, simulation as unknown as Simulation));
  return EXIT.fine;
}
