import { namingOf, type Organisation } from '../organisation.ts';
import { domainOf, localPartOf, roomBefore } from './address-limits.ts';
import { candidatesOf, isCandidate } from './candidates.ts';
import { missingName } from './conventions.ts';
import { latinNames, type Names } from './latin-names.ts';
import type { Transliteration } from './transliteration.ts';

/**
 * What the convention of the organisation makes of somebody's names, where their address is nothing that it may make of them.
 * `undefined`: the address keeps to it, or the convention makes nothing of these names that could be kept to.
 */
export function conventionalAddress(
  transliteration: Transliteration,
  organisation: Pick<Organisation, 'naming' | 'locale'>,
  person: Names & { readonly address: string; readonly locale?: string | undefined },
): string | undefined {
  const { address } = person;
  const names = latinNames(person, person.locale ?? organisation.locale, transliteration);
  const rule = namingOf(organisation);
  if (missingName(names, rule.convention) !== undefined) return undefined;
  const room = roomBefore(domainOf(address));
  if (isCandidate(localPartOf(address), names, rule, room)) return undefined;
  for (const { localPart, refused } of candidatesOf(names, rule, room))
    if (refused === undefined) return `${localPart}@${domainOf(address)}`;
  return undefined;
}
