import { roomBefore } from '../../../shared/domain/naming/address-limits.ts';
import { candidatesOf } from '../../../shared/domain/naming/candidates.ts';
import { latinNames } from '../../../shared/domain/naming/latin-names.ts';
import { namingDomainOf, namingOf } from '../../../shared/domain/organisation.ts';
import type { Draft } from './check-newcomers.ts';
import type { Scene } from './scene.ts';

/** The first addresses of the rules that anybody may have. */
export function firstOnes(
  { context, organisation }: Scene,
  { wanted }: Draft,
  count: number,
): readonly string[] {
  const domain = wanted.domain ?? namingDomainOf(organisation);
  const names = latinNames(wanted, wanted.locale ?? organisation.locale, context.transliteration);
  const found: string[] = [];
  for (const { localPart, refused } of candidatesOf(names, namingOf(organisation), roomBefore(domain))) {
    if (refused === undefined) found.push(`${localPart}@${domain}`);
    if (found.length === count) break;
  }
  return found;
}
