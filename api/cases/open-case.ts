import { decodeTime } from 'ulid';
import { openCase } from '../../shared/domain/case/open-case.ts';
import { projectionOf } from '../../shared/domain/case/projection.ts';
import type { CaseOf, CaseRecord, CaseRequests } from '../../shared/domain/case-record.ts';
import type { CaseKind } from '../../shared/domain/case-states.ts';
import { caseWorkflowId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Plan } from '../../shared/domain/plan.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Acting } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { passGuard } from '../organisation/guard-limits.ts';
import { organisationOf } from '../organisation/organisation-of.ts';

/** A claim this old whose case was never written belongs to a process that died in between. By the wall clock, as ids are. */
const ABANDONED_AFTER_MS = 60_000;

/** What a case is made of, once it was checked and planned. */
export interface NewCase<Kind extends CaseKind> {
  readonly kind: Kind;
  readonly person: Pick<Person, 'id' | 'generation' | 'legalHold'>;
  readonly request: CaseRequests[Kind];
  readonly plan: Plan;
  /** For the audit. */
  readonly reason?: string;
  /** Takes something away from the person: counts towards the organisation's limit. */
  readonly passesGuard: boolean;
}

/**
 * Claims the person and writes the case; its workflow is started by `startCase`. Repeated under the same id it goes on where it
 * stopped.
 */
export async function writeCase<Kind extends CaseKind>(
  context: ApiContext,
  call: Acting,
  caseId: string,
  { kind, person, request, plan, reason, passesGuard }: NewCase<Kind>,
): Promise<CaseOf<Kind>> {
  const { orgId, ownerId: requestedBy } = call.actor;
  await claimPerson(context, orgId, person.id, caseId);
  const requestedAtMs = context.now();
  const organisation = await organisationOf(context, orgId);
  const guardHeld = passesGuard && (await passGuard(context, organisation, caseId)) === 'held';
  const onLegalHold = person.legalHold !== undefined;
  const record = {
    ...projectionOf(openCase({ plan, requestedBy, onLegalHold, guardHeld })),
    ...(guardHeld ? { guardHeld } : {}),
    ...{ id: caseId, orgId, rev: 0, kind, personId: person.id, generation: person.generation },
    ...{ requestedBy, requestedAtMs, request },
    engine: 'requested',
    workflowId: caseWorkflowId(kind, orgId, caseId),
    // The workflow's first word about itself comes after this.
    sequence: 0,
    // The kind and the request came in together.
  } as CaseRecord;
  await context.repositories.audit.append({
    id: auditId(orgId, `${kind}.requested`, caseId),
    ...{ orgId, caseId, personId: person.id, actorId: requestedBy, atMs: requestedAtMs },
    action: `${kind}.requested`,
    detail: reason === undefined ? {} : { reason },
  });
  await context.repositories.cases.insert(record);
  return record as CaseOf<Kind>;
}

/** One open case per person: a second is told which one is open. */
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
  const holder = await cases.get(orgId, holderId);
  if (holder === undefined && isAbandoned(holderId)) {
    await claims.release(claimId, orgId, holderId);
    return claimPerson(context, orgId, personId, caseId);
  }
  throw openCaseProblem(holderId, holder?.kind ?? 'departure');
}

/** Of a claim whose case is not written: whether it will not be any more. */
export function isAbandoned(caseId: string): boolean {
  return Date.now() - decodeTime(caseId.slice('cas_'.length)) > ABANDONED_AFTER_MS;
}

/** Which case has to end first. */
export function openCaseProblem(caseId: string, kind: CaseKind): Problem {
  const field = '/personId';
  if (kind === 'departure')
    return new Problem('DEPARTURE_EXISTS', {
      field,
      headers: { Location: `/v1/departures/${caseId}` },
      members: { departureId: caseId },
    });
  return new Problem('CASE_EXISTS', {
    field,
    headers: { Location: `/v1/cases/${caseId}` },
    members: { caseId, kind },
  });
}

/** Starts the workflow where it is not known to run. The hold counts as it is now. */
export async function startCase<Of extends CaseRecord>(context: ApiContext, record: Of): Promise<Of> {
  if (record.engine === 'started') return record;
  const { cases, people } = context.repositories;
  const person = await people.get(record.orgId, record.personId);
  const started = await context.engine.start(record, person?.legalHold !== undefined);
  if (started.kind === 'unavailable') return record;
  await cases.markStarted(record.orgId, record.id);
  return { ...record, engine: 'started' };
}
