import { cutTo, domainOf, roomBefore } from '../../shared/domain/naming/address-limits.ts';
import { CONVENTION_KINDS, missingName } from '../../shared/domain/naming/conventions.ts';
import { latinNames } from '../../shared/domain/naming/latin-names.ts';
import type { Convention } from '../../shared/domain/naming/naming-rule.ts';
import { isReserved } from '../../shared/domain/naming/reserved-names.ts';
import type { ApiContext } from '../api-context.ts';
import type { CheckedOnboarding } from './check-onboarding.ts';

export interface FurtherAliases {
  readonly aliases: readonly string[];
  /** Somebody else's: the person does without. */
  readonly leftOut: readonly string[];
}

/**
 * The further addresses that a template makes of somebody's names. One that cannot be had is left out, and told of: nobody goes
 * without an account for an alias that was not asked for by name. `take` has the last word on each.
 */
export async function furtherAliases(
  context: Pick<ApiContext, 'transliteration'>,
  { organisation, template, newcomer }: CheckedOnboarding,
  address: string,
  take: (alias: string) => Promise<boolean>,
): Promise<FurtherAliases> {
  const names = latinNames(newcomer, newcomer.locale ?? organisation.locale, context.transliteration);
  const domain = domainOf(address);
  const localPart = (convention: Convention): string =>
    missingName(names, convention) === undefined
      ? cutTo(roomBefore(domain), CONVENTION_KINDS[convention].localPart(names))
      : '';
  const made = (template?.aliasConventions ?? [])
    .map(localPart)
    .filter((part) => part !== '' && !isReserved(part))
    .map((part) => `${part}@${domain}`);
  const wanted = [...new Set(made)].filter((one) => one !== address && !newcomer.aliases.includes(one));
  const [aliases, leftOut]: [string[], string[]] = [[], []];
  for (const alias of wanted) ((await take(alias)) ? aliases : leftOut).push(alias);
  return { aliases, leftOut };
}
