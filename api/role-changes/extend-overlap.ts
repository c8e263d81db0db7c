import type { z } from 'zod';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import { endOfOldRights, isEnding } from '../../shared/domain/planner/role-change/end-of-old-rights.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import { ROLE_CHANGE_LIMITS } from '../../shared/domain/planner/role-change-procedure.ts';
import { assertNotSelf } from '../cases/not-self.ts';
import type { CaseCommand, CommandContext } from '../cases/send-command.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import { Problem } from '../http/problem.ts';
import { nextPlan, storeRequest } from './change-open-role-change.ts';
import { extensionFields } from './role-change-fields.ts';

type Fields = z.output<typeof extensionFields>;
type Extension = CommandContext<Fields, CaseOf<'role_change'>>;

/** A step may begin while this is under way. */
const ATTEMPTS = 3;

/** The old rights stay longer, as long as they are still there. The same end again changes nothing. */
export const extendOverlap: CaseCommand<'reschedule', Fields, CaseOf<'role_change'>> = {
  name: 'reschedule',
  body: extensionFields,
  attempts: ATTEMPTS,
  async prepare(of) {
    const { context, call, record } = of;
    assertNotSelf(call, record.personId, 'OWN_ROLE');
    const startedKeys = await startedKeysOf(context, record);
    const ending = record.plan.steps.filter(isEnding);
    if (ending.length === 0 || ending.some(({ key }) => startedKeys.has(key)))
      throw new Problem('OLD_RIGHTS_GONE');
    const request = { ...record.request, overlapDays: wantedDays(of) };
    const plan = await nextPlan(context, record, request, startedKeys);
    if ((endOfOldRights(plan) ?? 0) <= context.now()) throw outOfRange(of);
    return { actorId: call.actor.ownerId, plan };
  },
  afterwards: (of) =>
    storeRequest(of.context, of.record, (request) => ({ ...request, overlapDays: wantedDays(of) })),
  detail: ({ body }) => ({ ...body }),
};

function wantedDays(of: Extension): number {
  const { context, record, body } = of;
  const { until } = body;
  if (until !== undefined && !context.calendar.isDate(until))
    throw new Problem('DATE_INVALID', { field: '/until' });
  const days =
    until === undefined ? (body.overlapDays ?? 0) : (Date.parse(until) - Date.parse(changeDate(of))) / DAY_MS;
  if (days > ROLE_CHANGE_LIMITS.longestOverlapDays) throw outOfRange(of);
  if (days < record.request.overlapDays) throw new Problem('OVERLAP_SHORTER', { field: fieldOf(of) });
  return days;
}

/** What the overlap counts from. */
function changeDate({ context, record: { plan } }: Extension): string {
  return context.calendar.localOf(plan.leaveAtMs, plan.timeZone).date;
}

function fieldOf({ body }: Extension): string {
  return body.until === undefined ? '/overlapDays' : '/until';
}

function outOfRange(of: Extension): Problem {
  const { calendar, now } = of.context;
  const earliest = calendar.localOf(now(), of.record.plan.timeZone).date;
  const latest = calendar.addDays(changeDate(of), ROLE_CHANGE_LIMITS.longestOverlapDays);
  return new Problem('OVERLAP_OUT_OF_RANGE', { field: fieldOf(of), members: { earliest, latest } });
}
