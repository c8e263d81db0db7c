import type { FieldValues } from '../../shared/domain/people/open-change.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { letEndAgain } from '../departures/end-of-time.ts';
import { madeAddressView } from '../naming/address-view.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { changePerson } from './changes/change-person.ts';
import { newAddressOf, type NewAddress } from './changes/change-address.ts';
import { assertChangeable } from './changes/check-change.ts';
import { assertEndsOn } from './check-ends-on.ts';
import { assertReferences } from './check-person.ts';
import { personChanges, type WantedPersonChanges } from './person-fields.ts';

/**
 * Changes what is known of a person. Names are changed on every target as well; the address follows them where that is asked for,
 * and the old one stays as an alias. `asked`: what is the same in every attempt, where the body is what is left to be changed.
 */
export async function updatePerson(context: ApiContext, call: Call, asked?: unknown): Promise<Answer> {
  const wanted = parse(personChanges, call.body);
  const { address, addressFollows, onTaken, ...known } = wanted;
  const { orgId } = call.actor;
  const personId = paramOf(call, 'id');
  let moved: NewAddress | undefined;
  const answer = await changePerson(context, call, {
    ...{ personId, asked },
    async decide(person) {
      await assertReferences(context, orgId, wanted, personId);
      await assertEndOf(context, person, wanted);
      const fields = given(known);
      if (address === undefined && addressFollows !== true) return { fields };
      await assertChangeable(context, call, person, 'changeAddress');
      moved = await newAddressOf(context, person, wanted);
      return { fields: { ...fields, ...moved.fields } };
    },
    mayDecideAgain: ({ code }) =>
      code === 'ADDRESS_TAKEN' && moved?.made !== undefined && onTaken !== 'refuse',
    more: () =>
      moved?.made === undefined ? {} : { naming: madeAddressView(moved.organisation, moved.made) },
  });
  if (typeof wanted.endsOn === 'string')
    await letEndAgain(context, { orgId, id: personId, endsOn: wanted.endsOn });
  return answer;
}

/** In the zone the person works in. */
async function assertEndOf(
  context: ApiContext,
  { orgId, timeZone: known }: Person,
  { endsOn, timeZone = known }: WantedPersonChanges,
): Promise<void> {
  if (typeof endsOn !== 'string') return;
  assertEndsOn(context, endsOn, { timeZone: timeZone ?? (await organisationOf(context, orgId)).timeZone });
}

function given(known: Readonly<Record<string, string | boolean | null | undefined>>): FieldValues {
  const entries = Object.entries(known).filter(
    (entry): entry is [string, string | boolean | null] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
