import {
  recipientIdOf,
  needsRecipient,
  type Handover,
  type HandoverPlan,
} from '../../shared/domain/handover.ts';
import { HANDOVER_CAPABILITIES } from '../../shared/domain/target-capabilities.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Directory } from '../../directory/directory.ts';

const DAY = 86_400_000;

/** Everything, mail and access included, to the manager. */
export function handoverTo(manager: Person, wanted: Partial<Handover>): Handover {
  return {
    recipient: 'manager',
    day: 7,
    mail: {},
    calendars: 'handOver',
    meetings: 'handOver',
    access: { personId: manager.id, days: 20, reason: 'Open offers' },
    targets: { directory: HANDOVER_CAPABILITIES.directory },
    ...wanted,
  };
}

/** What the API makes of it for the planner. */
export function plannedHandover(handover: Handover, person: Person): HandoverPlan {
  const { day, targets, access } = handover;
  const { managerId } = person;
  const ownerId = recipientIdOf(handover, managerId === undefined ? {} : { managerId });
  return {
    day,
    targets,
    ...(access === undefined ? {} : { accessDays: access.days }),
    askRecipient: handover.recipient === 'ask' && needsRecipient(handover),
    ...(ownerId === undefined ? {} : { ownerId }),
  };
}

/** Two files, a shared and a private calendar, a meeting to come and one that was, two contacts. Ids begin with `prefix`. */
export async function addBelongings(
  directory: Directory,
  orgId: string,
  ownerAccountId: string,
  prefix: string,
): Promise<void> {
  const of = { ownerAccountId };
  for (const name of ['Offers.ods', 'Plan.odt'])
    await directory.addFile(orgId, { ...of, id: `${prefix}:${name}`, name, sizeBytes: 4_711 });
  const calendar = { ...of, name: 'Team', closed: false };
  await directory.addCalendar(orgId, { ...calendar, id: `${prefix}:shared`, sharedWith: ['acc_other'] });
  await directory.addCalendar(orgId, { ...calendar, id: `${prefix}:private`, sharedWith: [] });
  const meeting = { ...of, calendarId: `${prefix}:shared`, title: 'Weekly', cancelled: false };
  await directory.addMeeting(orgId, { ...meeting, id: `${prefix}:next`, startsAtMs: Date.now() + 60 * DAY });
  await directory.addMeeting(orgId, { ...meeting, id: `${prefix}:last`, startsAtMs: Date.now() - DAY });
  await directory.addContact(orgId, {
    ...of,
    id: `${prefix}:ann`,
    firstName: 'Ann',
    lastName: 'Buyer',
    address: 'ann@buyer.test',
    note: 'Rings; then writes, at length',
  });
  await directory.addContact(orgId, { ...of, id: `${prefix}:bo`, firstName: 'Bo', lastName: 'Seller' });
}
