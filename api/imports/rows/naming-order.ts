import type { Draft } from './check-newcomers.ts';
import { firstOnes } from './first-addresses.ts';
import type { Scene } from './scene.ts';

/** All forms that the rules have, and the first numbers. */
const TRIED = 5;

/**
 * Parts rows wherever one asks by name for what a row above might be given. Within a part names that are asked for are claimed before
 * addresses are made, and it comes to the same as one row after the other, however many are carried out together.
 */
export function inNamingOrder(scene: Scene, drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  if (!drafts.some((draft) => askedFor(draft).length > 0)) return [drafts];
  const parts: Draft[][] = [[]];
  let mayBeGiven = new Set<string>();
  for (const draft of drafts) {
    if (askedFor(draft).some((address) => mayBeGiven.has(withoutNumber(address)))) {
      parts.push([]);
      mayBeGiven = new Set();
    }
    parts.at(-1)?.push(draft);
    if (draft.wanted.address === undefined)
      for (const address of firstOnes(scene, draft, TRIED)) mayBeGiven.add(withoutNumber(address));
  }
  return parts;
}

function askedFor({ wanted: { address, aliases } }: Draft): readonly string[] {
  return address === undefined ? aliases : [address, ...aliases];
}

/** `ada.lovelace@` of `ada.lovelace17@`. */
function withoutNumber(address: string): string {
  return address.replace(/\d+@/u, '@');
}
