import type { LimitFunction } from 'p-limit';
import { decodeTime } from 'ulid';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { hasBegun } from '../../shared/domain/case/at-rest.ts';
import { openCase } from '../../shared/domain/case/open-case.ts';
import { projectionOf } from '../../shared/domain/case/projection.ts';
import { caseWorkflowId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { PlanWarning } from '../../shared/domain/planner/plan-departure.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { answerOnce } from './await-outcome.ts';
import { checkDeparture, type CheckedDeparture } from './check-departure.ts';
import { departureFields, type DepartureFields } from './departure-fields.ts';
import { departureView } from './departure-view.ts';
import { passGuard } from '../organisation/guard-limits.ts';
import { expectedSteps } from './expected-steps.ts';
import { assertNotSelf } from './not-self.ts';
import { planOfRequest } from './plan-of-request.ts';
import { planToken } from './plan-token.ts';

/** A claim this old whose case was never written belongs to a process that died in between. By the wall clock, as ids are. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Takes a departure: claims the person, writes the case, starts its workflow. Whatever is missing after a crash is made up
 * for, by a repeated request or by the reconciler, so the answer is 202 even while the engine is away. `inTurn`: a few at a time,
 * so that whoever reads meanwhile need not wait behind all of them.
 */
export async function createDeparture(
  context: ApiContext,
  call: Call,
  inTurn: LimitFunction,
): Promise<Answer> {
  const wanted = parse(departureFields, call.body);
  const options = { required: false, subjectId: newId('cas') };
  const taken = await idempotently(context, call, options, async ({ subjectId: caseId }) => {
    noteCase(caseId);
    const { orgId } = call.actor;
    const written = await context.repositories.cases.get(orgId, caseId);
    if (written !== undefined) return answer(context, await startCase(context, written), []);
    const { record, warnings } = await inTurn(() => writeCase(context, call, wanted, caseId));
    return answer(context, await startCase(context, record), warnings);
  });
  return onceBegun(context, call, taken);
}

/**
 * With `Prefer: wait`: how it stands once its first steps were tried; 201 where the lock that is due is proven, else the usual
 * 202, as when the time is over.
 */
function onceBegun(context: ApiContext, call: Call, taken: Answer): Promise<Answer> {
  const { id: caseId, warnings } = taken.body as { readonly id: string; readonly warnings: unknown };
  return answerOnce(context, call, taken, { caseId, outcome: 'begun' }, async ({ record, reached }) => {
    const evidence = await context.repositories.evidence.listByCase(record.orgId, caseId);
    const body = { ...departureView(record, evidence, context.calendar), warnings };
    return { ...taken, status: reached && hasBegun(record, context.now()) ? 201 : taken.status, body };
  });
}

async function writeCase(
  context: ApiContext,
  call: Call,
  wanted: DepartureFields,
  caseId: string,
): Promise<{ readonly record: CaseRecord; readonly warnings: readonly PlanWarning[] }> {
  const { orgId, ownerId } = call.actor;
  assertNotSelf(call, wanted.personId);
  const checked = await checkDeparture(context, orgId, wanted);
  const { plan, warnings } = planOfRequest(context, checked);
  await assertPlanStands(context, wanted.planToken, checked, plan);
  await claimPerson(context, orgId, checked.person.id, caseId);
  const requestedAtMs = context.now();
  const guardHeld = (await passGuard(context, checked.organisation, caseId)) === 'held';
  const record = newRecord(checked, { caseId, orgId, ownerId, requestedAtMs, plan, guardHeld });
  await context.repositories.audit.append({
    id: auditId(orgId, 'departure.requested', caseId),
    ...{ orgId, caseId, personId: record.personId, actorId: ownerId, atMs: requestedAtMs },
    action: 'departure.requested',
    detail: { reason: record.request.reason },
  });
  await context.repositories.cases.insert(record);
  return { record, warnings: [...checked.warnings, ...warnings] };
}

async function assertPlanStands(
  context: ApiContext,
  token: string | undefined,
  checked: CheckedDeparture,
  plan: CaseRecord['plan'],
): Promise<void> {
  if (token === undefined) return;
  const expected = await expectedSteps(context, checked.person, plan);
  if (planToken(checked, plan, expected, context.now()) !== token)
    throw new Problem('PLAN_CHANGED', { field: '/planToken' });
}

function newRecord(
  { person, request }: CheckedDeparture,
  of: {
    readonly caseId: string;
    readonly orgId: string;
    readonly ownerId: string;
    readonly requestedAtMs: number;
    readonly plan: CaseRecord['plan'];
    readonly guardHeld: boolean;
  },
): CaseRecord {
  const { caseId: id, orgId, ownerId: requestedBy, requestedAtMs, plan, guardHeld } = of;
  const onLegalHold = person.legalHold !== undefined;
  return {
    ...projectionOf(openCase({ plan, requestedBy, onLegalHold, guardHeld })),
    ...(guardHeld ? { guardHeld } : {}),
    id,
    orgId,
    rev: 0,
    kind: 'departure',
    personId: person.id,
    generation: person.generation,
    requestedBy,
    requestedAtMs,
    request,
    engine: 'requested',
    workflowId: caseWorkflowId('departure', orgId, id),
    // The workflow's first word about itself comes after this.
    sequence: 0,
  };
}

/** One open departure per person: a second is told which one is open. */
async function claimPerson(
  context: ApiContext,
  orgId: string,
  personId: string,
  caseId: string,
): Promise<void> {
  const { claims, cases } = context.repositories;
  const claimId = openCaseClaimId(orgId, personId);
  const claimed = await claims.take(claimId, orgId, caseId, context.now());
  if (claimed.kind !== 'held') return;
  const { holderId } = claimed;
  const abandoned =
    Date.now() - decodeTime(holderId.slice('cas_'.length)) > ABANDONED_AFTER_MS &&
    (await cases.get(orgId, holderId)) === undefined;
  if (abandoned) {
    await claims.release(claimId, orgId, holderId);
    return claimPerson(context, orgId, personId, caseId);
  }
  throw new Problem('DEPARTURE_EXISTS', {
    field: '/personId',
    headers: { Location: `/v1/departures/${holderId}` },
    members: { departureId: holderId },
  });
}

/** Starts the workflow where it is not known to run. The hold counts as it is now. */
export async function startCase(context: ApiContext, record: CaseRecord): Promise<CaseRecord> {
  if (record.engine === 'started') return record;
  const { cases, people } = context.repositories;
  const person = await people.get(record.orgId, record.personId);
  const started = await context.engine.start(record, person?.legalHold !== undefined);
  if (started.kind === 'unavailable') return record;
  await cases.markStarted(record.orgId, record.id);
  return { ...record, engine: 'started' };
}

function answer(context: ApiContext, record: CaseRecord, warnings: readonly PlanWarning[]): Answer {
  return {
    status: 202,
    // Without a tag: the workflow speaks of itself in a moment, and the revision is another.
    headers: { Location: `/v1/departures/${record.id}` },
    body: { ...departureView(record, [], context.calendar), warnings },
  };
}
