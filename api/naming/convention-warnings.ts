import { domainOf, localPartOf, roomBefore } from '../../shared/domain/naming/address-limits.ts';
import { candidatesOf, isCandidate } from '../../shared/domain/naming/candidates.ts';
import { missingName } from '../../shared/domain/naming/conventions.ts';
import { latinNames, type Names } from '../../shared/domain/naming/latin-names.ts';
import { namingOf, type Organisation } from '../../shared/domain/organisation.ts';
import type { ApiContext } from '../api-context.ts';

const NOT_FOLLOWED = {
  code: 'CONVENTION_NOT_FOLLOWED',
  field: '/address',
  detail: 'The address is not one that the convention of the organisation makes of these names.',
} as const;

/** An address that was chosen by hand may break the convention: whoever chose it is told. */
export function conventionWarnings(
  { transliteration }: Pick<ApiContext, 'transliteration'>,
  organisation: Organisation,
  person: Names & { readonly address?: string | undefined; readonly locale?: string | undefined },
) {
  const { address } = person;
  if (address === undefined) return [];
  const names = latinNames(person, person.locale ?? organisation.locale, transliteration);
  const rule = namingOf(organisation);
  // It makes nothing of them that could be kept to.
  if (missingName(names, rule.convention) !== undefined) return [];
  const room = roomBefore(domainOf(address));
  if (isCandidate(localPartOf(address), names, rule, room)) return [];
  for (const { localPart, refused } of candidatesOf(names, rule, room))
    if (refused === undefined) return [{ ...NOT_FOLLOWED, expected: `${localPart}@${domainOf(address)}` }];
  return [];
}
