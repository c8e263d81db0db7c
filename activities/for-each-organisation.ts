import type { Organisation } from '../shared/domain/organisation.ts';
import type { Repositories } from '../shared/platform/persistence/create-repositories.ts';
import { everyPage } from '../shared/platform/persistence/every-page.ts';

const PAGE = 200;

/**
 * Gives how many of them it was done for. One for which it fails keeps no other from its own; the first error is thrown in the
 * end.
 */
export async function forEachOrganisation(
  { organisations }: Pick<Repositories, 'organisations'>,
  act: (organisation: Organisation) => Promise<boolean>,
): Promise<number> {
  const failures: unknown[] = [];
  let done = 0;
  for await (const page of everyPage(PAGE, (range) => organisations.list(range)))
    for (const organisation of page) {
      try {
        if (await act(organisation)) done += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  if (failures.length > 0) throw failures[0];
  return done;
}
