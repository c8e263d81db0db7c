import type { CaseOf, CaseRecord } from '../../shared/domain/case-record.ts';
import type { OnboardingRequest } from '../../shared/domain/onboarding.ts';
import type { Person } from '../../shared/domain/person.ts';
import { ONBOARDING_PROCEDURES } from '../../shared/domain/procedure/kinds/onboarding.ts';
import type { ApiContext } from '../api-context.ts';
import { caseBehind, ONBOARDINGS } from '../cases/case-door.ts';
import type { CaseCommand } from '../cases/send-command.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { procedureOfCase } from '../procedures/find-procedure.ts';
import { assertFirstDay } from './check-first-day.ts';
import { onboardingMove, type OnboardingMove } from './onboarding-fields.ts';
import { planOfOnboarding } from './plan-of-onboarding.ts';

const MAX_ATTEMPTS = 5;

/** Moves the first day, as long as nobody was let in: a new frozen plan, in which whatever was started keeps its place. */
export const rescheduleOnboarding: CaseCommand<'reschedule', OnboardingMove, CaseOf<'onboarding'>> = {
  name: 'reschedule',
  body: onboardingMove,
  async prepare({ context, call, record, body }) {
    const person = await personOr404(context, record.orgId, record.personId);
    const organisation = await organisationOf(context, record.orgId);
    const procedure = await procedureOfCase(context, ONBOARDING_PROCEDURES, record);
    const request = movedRequest(context, record, body);
    const startedKeys = await startedKeysOf(context, record);
    if (isOpening(record, startedKeys)) throw new Problem('ACCOUNT_OPENED');
    assertBeforeEnd(request, person);
    const targets = person.accounts.map(({ target }) => target);
    const subject = { person, organisation, request, targets, procedure };
    const { plan } = planOfOnboarding(context, subject, { plan: record.plan, startedKeys });
    return { actorId: call.actor.ownerId, plan };
  },
  async afterwards({ context, record: { orgId, id }, body }) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const current = await caseBehind(ONBOARDINGS, context, orgId, id);
      const { cases } = context.repositories;
      const request = movedRequest(context, current, body);
      if ((await cases.setRequest(orgId, id, current.rev, request)) !== undefined) return;
    }
    throw new Problem('CONCURRENT_CHANGE');
  },
  detail: ({ body }) => ({ ...body }),
};

function movedRequest(
  context: ApiContext,
  { request }: CaseOf<'onboarding'>,
  body: OnboardingMove,
): OnboardingRequest {
  const moved = {
    ...request,
    firstDay: body.firstDay,
    startTime: body.startTime ?? request.startTime,
    timeZone: body.timeZone ?? request.timeZone,
    createDaysBefore: body.createDaysBefore ?? request.createDaysBefore,
  };
  assertFirstDay(context, moved);
  return moved;
}

/** Nobody comes after the last day that is known by now. */
function assertBeforeEnd({ firstDay }: OnboardingRequest, { endsOn: latest }: Person): void {
  if (latest !== undefined && firstDay > latest)
    throw new Problem('DATE_OUT_OF_RANGE', { field: '/firstDay', members: { latest } });
}

function isOpening({ plan }: CaseRecord, startedKeys: ReadonlySet<string>): boolean {
  return plan.steps.some(({ key, kind }) => kind === 'activateAccount' && startedKeys.has(key));
}
