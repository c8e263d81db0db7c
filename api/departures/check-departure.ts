import { presetOf } from '../../shared/domain/country-presets.ts';
import type { DepartureRequest } from '../../shared/domain/departure.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../routes/organisation.ts';
import { autoReplyText } from './auto-reply-texts.ts';
import { checkWhen } from './check-when.ts';
import { contactOf, successorOf } from './choose-contact.ts';
import type { DepartureFields } from './departure-fields.ts';

export interface CheckedDeparture {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly request: DepartureRequest;
  readonly warnings: readonly PlanWarning[];
}

/** Everything that can be wrong with a departure, before anything is written. Throws a `Problem` that names the field. */
export async function checkDeparture(
  context: ApiContext,
  orgId: string,
  wanted: DepartureFields,
): Promise<CheckedDeparture> {
  const person = await leaverOf(context, orgId, wanted.personId);
  const organisation = await organisationOf(context, orgId);
  const when = checkWhen(context, wanted, {
    leaveTime: organisation.leaveTime,
    timeZone: person.timeZone ?? organisation.timeZone,
  });
  const successor = await successorOf(context, person, wanted.successorId);
  const contact = await contactOf(context, person, wanted, successor);
  const autoReply = autoReplyOf(wanted.autoReply, person, organisation, contact);
  const { personId, successorId, reason, note, requestedBy } = wanted;
  const contactPersonId = autoReply === undefined ? wanted.contactPersonId : contact?.id;
  return {
    person,
    organisation,
    request: {
      personId,
      ...when,
      ...(successorId === undefined ? {} : { successorId }),
      ...(contactPersonId === undefined ? {} : { contactPersonId }),
      ...(autoReply === undefined ? {} : { autoReply }),
      reason,
      ...(note === undefined ? {} : { note }),
      ...(requestedBy === undefined ? {} : { requestedBy }),
    },
    warnings: autoReply === undefined && wanted.autoReply?.enabled !== false ? ['NO_CONTACT'] : [],
  };
}

async function leaverOf(context: ApiContext, orgId: string, personId: string): Promise<Person> {
  const person = await context.repositories.people.get(orgId, personId);
  const field = '/personId';
  if (person === undefined) throw new Problem('PERSON_UNKNOWN', { field });
  if (person.protected) throw new Problem('PERSON_PROTECTED', { field });
  if (person.status === 'departed') throw new Problem('PERSON_DEPARTED', { field });
  return person;
}

/** On by default; asked for in words it must be possible. Texts are frozen here, so that the reply names who was chosen. */
function autoReplyOf(
  wanted: DepartureFields['autoReply'],
  person: Person,
  organisation: Organisation,
  contact: Person | undefined,
): DepartureRequest['autoReply'] {
  const { enabled, subject, text, days } = wanted ?? {};
  if (enabled === false) {
    if (subject !== undefined || text !== undefined || days !== undefined)
      throw new Problem('AUTO_REPLY_CONTRADICTION', { field: '/autoReply/enabled' });
    return undefined;
  }
  const preset = presetOf(person.country ?? organisation.country);
  if (days !== undefined && days > preset.autoReplyMaxDays) {
    const members = { maxDays: preset.autoReplyMaxDays };
    throw new Problem('PRESET_EXCEEDED', { field: '/autoReply/days', members });
  }
  if (contact === undefined) {
    if (wanted !== undefined) throw new Problem('CONTACT_REQUIRED', { field: '/contactPersonId' });
    return undefined;
  }
  const locale = person.locale ?? organisation.locale;
  const named = { name: fullNameOf(contact), address: contact.address };
  const usual = autoReplyText(locale, fullNameOf(person), named);
  return { subject: subject ?? usual.subject, text: text ?? usual.text, days: days ?? preset.autoReplyDays };
}
