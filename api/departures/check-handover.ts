import {
  needsRecipient,
  type Handover,
  type HandoverWay,
  type HandoverWays,
  type MailSelection,
} from '../../shared/domain/handover.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import type { BelongingFacts } from '../../shared/domain/planner/expected-calls.ts';
import {
  HANDOVER_PARTS,
  type Capability,
  type HandoverPart,
} from '../../shared/domain/target-capabilities.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { belongingFacts } from './belonging-facts.ts';
import { chooseRecipient } from './choose-recipient.ts';
import type { HandoverFields } from './handover-fields.ts';

interface OfDeparture {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly procedure: Pick<DepartureProcedure, 'handoverDay'>;
  readonly successorId?: string | undefined;
  readonly timeZone: string;
  /** What is not decided is asked on the checklist: mail as well. */
  readonly asks: boolean;
}

/**
 * What is handed over, decided and frozen: by default everything the leaver has besides mail. `undefined` where there is
 * nothing and nobody asked for anything.
 */
export async function handoverOf(
  context: ApiContext,
  wanted: HandoverFields | undefined,
  of: OfDeparture,
): Promise<Handover | undefined> {
  const { person, procedure } = of;
  const { access, calendars = 'handOver', meetings = 'handOver', day = procedure.handoverDay } = wanted ?? {};
  await assertAccess(context, of, access);
  const mail =
    wanted?.mail === undefined || wanted.mail === false
      ? undefined
      : mailSelection(context, wanted.mail, { timeZone: of.timeZone, field: '/handover/mail' });
  const targets: Record<string, HandoverWays> = {};
  for (const ref of person.accounts) {
    const facts = await belongingFacts(context, person.orgId, ref);
    const ways = waysOn(wanted ?? {}, facts, context.handoverCapabilitiesOf(ref.target), of.asks);
    if (Object.keys(ways).length > 0) targets[ref.target] = ways;
  }
  if (Object.keys(targets).length === 0 && wanted === undefined) return undefined;
  const planned = { calendars, meetings, targets };
  const recipient =
    wanted?.recipientId !== undefined || needsRecipient(planned)
      ? await chooseRecipient(context, of, wanted?.recipientId)
      : ({ recipient: 'ask' } as const);
  return {
    ...recipient,
    day,
    ...(mail === undefined ? {} : { mail }),
    ...planned,
    ...(wanted?.files === false ? { filesGoWithAccount: true as const } : {}),
    ...(access === undefined ? {} : { access }),
  };
}

function waysOn(
  wanted: HandoverFields,
  facts: BelongingFacts | undefined,
  capabilities: Readonly<Record<HandoverPart, Capability>>,
  asks: boolean,
): HandoverWays {
  /** A target that cannot be asked may have some of everything. */
  const has = (count: number | undefined): boolean => facts === undefined || (count ?? 0) > 0;
  const parts: Readonly<Record<HandoverPart, boolean>> = {
    access: wanted.access !== undefined,
    mail: wanted.mail === undefined ? asks && has(facts?.messageCount) : wanted.mail !== false,
    files: wanted.files !== false && has(facts?.fileCount),
    calendars: has(facts?.sharedCalendarCount),
    meetings: has(facts?.futureMeetingCount),
    contacts: wanted.contacts !== false && has(facts?.contactCount),
  };
  const way = (part: HandoverPart): HandoverWay => {
    const capability = capabilities[part];
    return capability === 'composed' ? 'yes' : capability;
  };
  return Object.fromEntries(HANDOVER_PARTS.filter((part) => parts[part]).map((part) => [part, way(part)]));
}

/** Only the manager or the successor, and only somebody who may receive at all. */
async function assertAccess(
  context: ApiContext,
  { person, successorId }: OfDeparture,
  access: HandoverFields['access'],
): Promise<void> {
  if (access === undefined) return;
  const field = '/handover/access/personId';
  if (access.personId !== person.managerId && access.personId !== successorId)
    throw new Problem('ACCESS_NOT_ALLOWED', { field });
  const reader = await context.repositories.people.get(person.orgId, access.personId);
  if (reader?.status !== 'active') throw new Problem('RECIPIENT_INACTIVE', { field });
}

/** Both days are included, in the leaver's zone. */
export function mailSelection(
  { calendar }: Pick<ApiContext, 'calendar'>,
  { folders, since, until }: Exclude<HandoverFields['mail'], false | undefined>,
  { timeZone, field }: { readonly timeZone: string; readonly field: string },
): MailSelection {
  const midnight = (date: string, end: 'since' | 'until'): number => {
    if (!calendar.isDate(date)) throw new Problem('DATE_INVALID', { field: `${field}/${end}` });
    return calendar.instantOf(date, '00:00', timeZone).atMs;
  };
  const sinceMs = since === undefined ? undefined : midnight(since, 'since');
  if (until !== undefined) midnight(until, 'until');
  const beforeMs = until === undefined ? undefined : midnight(calendar.addDays(until, 1), 'until');
  if (sinceMs !== undefined && beforeMs !== undefined && beforeMs <= sinceMs)
    throw new Problem('MAIL_RANGE_EMPTY', { field: `${field}/until` });
  return {
    ...(folders === undefined ? {} : { folders }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(beforeMs === undefined ? {} : { beforeMs }),
  };
}
