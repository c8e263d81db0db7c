import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { utc } from '../http/instants.ts';

/** A person as the API shows it. */
export function personView(person: Person) {
  const { createdAtMs, legalHold, orgId: _org, ...fields } = person;
  return {
    ...fields,
    fullName: fullNameOf(person),
    ...(legalHold === undefined
      ? {}
      : {
          legalHold: {
            placedBy: legalHold.placedBy,
            placedAt: utc(legalHold.placedAtMs),
            reason: legalHold.reason,
          },
        }),
    createdAt: utc(createdAtMs),
  };
}
