import { addressClaimId, addressOfClaim } from '../../../shared/domain/ids.ts';
import { localPartOf } from '../../../shared/domain/naming/address-limits.ts';
import { chooseAddress } from '../../naming/choose-address.ts';
import { Problem } from '../../http/problem.ts';
import type { Draft } from './check-newcomers.ts';
import { namesOf } from './claim-rows.ts';
import { firstOnes } from './first-addresses.ts';
import { knownNames, type KnownNames } from './known-names.ts';
import { failed, faultOf } from './row-fault.ts';
import type { Scene } from './scene.ts';

/** So often another address is looked for because somebody was quicker. */
const MOST_ROUNDS = 20;
/** Looked up together for those whose first address is taken. */
const NEXT_ONES = 10;

/**
 * Gives an address to every row that names none, as a request would get it: the first of the rules that can be had, in the order of the
 * rows. The first ones of all are looked up with one query, and what was chosen is claimed with one.
 */
export async function nameRows(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  const names = knownNames(scene);
  await takeUpEarlier(scene, drafts);
  let unnamed = drafts.filter(({ address }) => address === undefined);
  await names.lookUp(unnamed, (draft) => firstOnes(scene, draft, 1));
  const crowded = unnamed.filter((draft) =>
    firstOnes(scene, draft, 1).some((one) => !names.isFree(draft, one)),
  );
  await names.lookUp(crowded, (draft) => firstOnes(scene, draft, NEXT_ONES));
  for (let round = 1; unnamed.length > 0; round += 1) {
    if (round > MOST_ROUNDS) throw new Error('addresses of rows kept being taken by others');
    for (const draft of unnamed) await chooseOne(scene, draft, names);
    unnamed = await claimChosen(
      scene,
      unnamed.filter(({ result }) => result === undefined),
      names,
    );
  }
}

/** An earlier attempt of this pass may have chosen already: that address stays, whatever became free since. */
async function takeUpEarlier(
  { isRepeated, organisation, writer }: Scene,
  drafts: readonly Draft[],
): Promise<void> {
  if (!isRepeated) return;
  const held = await writer.namesOf(drafts.map(({ personId }) => personId));
  for (const draft of drafts) {
    const addresses = (held.get(draft.personId) ?? []).flatMap(
      (id) => addressOfClaim(organisation.id, id) ?? [],
    );
    const earlier = addresses.find((one) => !draft.wanted.aliases.includes(one));
    if (earlier !== undefined) draft.address = earlier;
  }
}

async function chooseOne({ context, organisation }: Scene, draft: Draft, names: KnownNames): Promise<void> {
  const { firstName, lastName, locale, aliases, domain, onTaken = 'next' } = draft.wanted;
  const wish = { firstName, lastName, locale, domain, aliases, onTaken };
  try {
    const chosen = await chooseAddress(
      { ...context, repositories: names.repositories },
      organisation,
      wish,
      (address) => names.choose(draft, address),
    );
    draft.address = chosen.address;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    draft.result = failed(faultOf(error));
  }
}

/** Gives those who were too late. */
async function claimChosen(scene: Scene, drafts: readonly Draft[], names: KnownNames): Promise<Draft[]> {
  const { organisation, writer } = scene;
  const outcomes = await writer.takeNames(
    drafts.flatMap(({ address, personId: holderId }) =>
      address === undefined ? [] : [{ claimId: addressClaimId(organisation.id, address), holderId }],
    ),
  );
  return drafts.filter((draft) => {
    const { address = '' } = draft;
    const outcome = outcomes.get(addressClaimId(organisation.id, address));
    if (outcome?.kind !== 'held') return false;
    names.noteTaken(address, outcome.holderId);
    delete draft.address;
    return true;
  });
}

/** What rows that come to nothing had claimed. */
export async function releaseFailed(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) {
    const { address, personId: holderId } = draft;
    const made =
      address === undefined ? [] : [{ claimId: addressClaimId(scene.organisation.id, address), holderId }];
    await scene.writer.releaseNames([...namesOf(scene, draft), ...made]);
  }
}

/** Somebody with the same names may be the same person. */
export function noteDuplicate(scene: Scene, draft: Draft): void {
  const { address, wanted, warnings } = draft;
  if (address === undefined || wanted.address !== undefined) return;
  const [first] = firstOnes(scene, draft, 1);
  if (first !== undefined && localPartOf(first) !== localPartOf(address))
    warnings.push({ code: 'POSSIBLE_DUPLICATE', field: 'lastName', detail: `${first} is taken.` });
}
