import { endOfTimeClaimId, ITSELF } from '../../shared/domain/ids.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person, PersonStatus } from '../../shared/domain/person.ts';
import { LAST_DAY_LIMITS } from '../../shared/domain/planner/departure-procedure.ts';
import { DEPARTURE_PROCEDURES } from '../../shared/domain/procedure/kinds/departure.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import type { ApiContext } from '../api-context.ts';
import { openCaseOf } from '../cases/open-case-of.ts';
import { startCase } from '../cases/open-case.ts';
import { Problem } from '../http/problem.ts';
import { keepDoing } from '../keep-doing.ts';
import { procedureInForce } from '../procedures/find-procedure.ts';
import { checkDeparture } from './check-departure.ts';
import { writeLeaving } from './write-leaving.ts';
import { departureFields } from './departure-fields.ts';

const EVERY_MS = 60_000;
const PAGE = 100;
const REASON = 'the time of the account is over';
/** Whoever has not come yet comes by a case that is open; whoever leaves does so already. */
const STAYING: readonly PersonStatus[] = ['active', 'disabled'];

/** Accounts for a time end by themselves: their departures begin as many days before as the procedure gives notice. */
export function keepEndingTimes(context: ApiContext): () => Promise<void> {
  return keepDoing(context, {
    everyMs: EVERY_MS,
    failure: 'accounts whose time is over could not be looked for',
    turn: (isStopped) => endTimes(context, isStopped),
  });
}

/**
 * One look at everybody. Of several processes that look at once one begins each departure; what goes wrong in one organisation
 * keeps nobody of another.
 */
export async function endTimes(context: ApiContext, isStopped: () => boolean): Promise<void> {
  const { organisations } = context.repositories;
  for await (const page of everyPage(PAGE, (range) => organisations.list(range)))
    for (const organisation of page)
      await endTimesIn(context, organisation, isStopped).catch((error: unknown) =>
        context.logger.warn({ err: error, orgId: organisation.id }, 'accounts for a time could not be ended'),
      );
}

async function endTimesIn(
  context: ApiContext,
  organisation: Organisation,
  isStopped: () => boolean,
): Promise<void> {
  for (const status of STAYING)
    for await (const person of endingIn(context, organisation, status)) {
      if (isStopped()) return;
      await endTime(context, person);
    }
}

/** Day by day, the first in front. */
async function* endingIn(
  context: ApiContext,
  organisation: Organisation,
  status: PersonStatus,
): AsyncGenerator<Person> {
  const { calendar, repositories } = context;
  const { noticeDaysBefore } = await procedureInForce(context, organisation, DEPARTURE_PROCEDURES);
  const { date } = calendar.localOf(context.now(), organisation.timeZone);
  const until = calendar.addDays(date, noticeDaysBefore);
  const { people } = repositories;
  for (let days: { readonly from?: string } = {}; ;) {
    const [first] = await people.listEnding(organisation.id, status, { ...days, until }, 1);
    const day = first?.endsOn;
    if (day === undefined) return;
    const onDay = { from: day, until: day };
    for await (const page of everyPage(PAGE, ({ limit, ...after }) =>
      people.listEnding(organisation.id, status, { ...onDay, ...after }, limit),
    ))
      yield* page;
    days = { from: calendar.addDays(day, 1) };
  }
}

/** A person whose case is open waits for its end. What is refused is said in the log, and tried again. */
async function endTime(context: ApiContext, person: Person): Promise<void> {
  const { orgId, id: personId, endsOn } = person;
  if (endsOn === undefined || (await openCaseOf(context, person)) !== undefined) return;
  try {
    await beginDeparture(context, person, endsOn);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    context.logger.warn(
      { orgId, personId, code: error.code },
      'a departure at the end of a time was refused',
    );
  }
}

/** The first to come names the case; whoever comes after goes on with it, so that a crash in between leaves nothing half done. */
async function beginDeparture(context: ApiContext, person: Person, endsOn: string): Promise<void> {
  const { orgId, id: personId } = person;
  const { claims, cases } = context.repositories;
  const own = newId('cas');
  const claimed = await claims.take(endOfTimeClaimId(orgId, personId, endsOn), orgId, own, context.now());
  const caseId = claimed.kind === 'held' ? claimed.holderId : own;
  if ((await cases.get(orgId, caseId)) !== undefined) return;
  const itself = { actor: { orgId, ownerId: ITSELF, key: {} } };
  const wanted = departureFields.parse({ personId, reason: REASON, ...lastDayOf(context, person, endsOn) });
  const checked = await checkDeparture(context, itself, wanted, 'requestDeparture');
  const { record } = await writeLeaving<'departure'>(context, itself, 'departure', {
    ...{ checked, caseId, planToken: undefined },
  });
  await startCase(context, record);
  context.logger.info({ orgId, personId, caseId }, 'a departure began as the time of the account is over');
}

/** Nobody may have looked for longer than a last day may lie back. */
function lastDayOf({ calendar, now }: ApiContext, { timeZone }: Person, endsOn: string) {
  const today = calendar.localOf(now(), timeZone ?? 'UTC').date;
  const earliest = calendar.addDays(today, 1 - LAST_DAY_LIMITS.pastDays);
  return endsOn < earliest ? { urgent: true } : { lastDay: endsOn };
}

/** The same day named again counts anew, once the departure it led to is over. */
export async function letEndAgain(
  context: ApiContext,
  { orgId, id, endsOn }: Pick<Person, 'orgId' | 'id'> & { readonly endsOn: string },
): Promise<void> {
  const { claims, cases } = context.repositories;
  const claimId = endOfTimeClaimId(orgId, id, endsOn);
  const claim = await claims.get(claimId, orgId);
  const record = claim && (await cases.get(orgId, claim.holderId));
  if (record?.closedAtMs !== undefined) await claims.release(claimId, orgId, record.id);
}
