import { fullNameOf, type LegalHold, type Person } from '../../shared/domain/person.ts';
import { utc } from '../http/instants.ts';

/** Who placed a hold, when and why. */
export function legalHoldView({ placedBy, placedAtMs, reason }: LegalHold) {
  return { placedBy, placedAt: utc(placedAtMs), reason };
}

/** A person as the API shows it. */
export function personView(person: Person) {
  const { createdAtMs, legalHold, orgId: _org, openChange: _change, ...fields } = person;
  return {
    ...fields,
    fullName: fullNameOf(person),
    ...(legalHold === undefined ? {} : { legalHold: legalHoldView(legalHold) }),
    createdAt: utc(createdAtMs),
  };
}
