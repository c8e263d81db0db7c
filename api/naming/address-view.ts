import { GIVEN_BY, PASSED_OVER } from '../../shared/domain/naming/naming-words.ts';
import { namingOf, type Organisation } from '../../shared/domain/organisation.ts';
import type { ChosenAddress } from './choose-address.ts';

/** An address that was made of names, and why it is this one. */
export function madeAddressView(organisation: Organisation, chosen: ChosenAddress) {
  const { convention, onCollision } = namingOf(organisation);
  return {
    address: chosen.address,
    ...{ convention, onCollision, by: chosen.by, why: GIVEN_BY[chosen.by] },
    passedOver: chosen.passedOver.map((one) => ({ ...one, why: PASSED_OVER[one.code] })),
    passedOverCount: chosen.passedOverCount,
  };
}
