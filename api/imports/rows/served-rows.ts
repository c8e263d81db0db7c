import { accountIdOf } from '../../people/new-person.ts';
import { directoryOf } from '../../open-directories.ts';
import type { Draft } from './check-newcomers.ts';
import { failed } from './row-fault.ts';
import type { Scene } from './scene.ts';

/** Refuses rows that ask for an address which a target gave to an account of its own, before the first account is made. */
export async function refuseServed(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  const { context, organisation } = scene;
  const asking = drafts.filter((draft) => namedBy(draft).length > 0);
  for (const target of new Set(asking.flatMap(({ wanted }) => wanted.targets))) {
    const here = asking.filter(({ wanted }) => wanted.targets.includes(target));
    const found = await directoryOf(context, target).addressesServed(organisation.id, here.flatMap(namedBy));
    for (const draft of here) {
      const lost = namedBy(draft).find(
        (one) => (found.get(one) ?? accountIdOf(draft.personId)) !== accountIdOf(draft.personId),
      );
      if (lost !== undefined)
        draft.result = failed({
          code: 'ADDRESS_TAKEN',
          field: lost === draft.wanted.address ? 'address' : 'aliases',
        });
    }
  }
}

function namedBy({ wanted: { address, aliases } }: Draft): readonly string[] {
  return address === undefined ? aliases : [address, ...aliases];
}
