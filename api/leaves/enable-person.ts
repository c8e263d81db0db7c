import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import type { LeaveRequest } from '../../shared/domain/leave.ts';
import type { Person } from '../../shared/domain/person.ts';
import { LEAVE_PROCEDURES } from '../../shared/domain/procedure/kinds/leave.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import { assertNotSelf } from '../cases/not-self.ts';
import { openCaseProblem, writeCase } from '../cases/open-case.ts';
import { openCaseOf } from '../cases/open-case-of.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { procedureInForce } from '../procedures/find-procedure.ts';
import { answerLeave } from './create-leave.ts';
import { endAddressed } from './end-leave.ts';
import { endLeaveFields } from './leave-fields.ts';
import { LEAVES } from './leaves.ts';
import { planOfLeave } from './plan-of-leave.ts';

/**
 * The short form: ends the open leave now. An account that an earlier case left locked, as somebody had asked, has a case of its
 * own that opens it.
 */
export async function enablePerson(context: ApiContext, call: Call): Promise<Answer> {
  const { reason } = parse(endLeaveFields, call.body);
  const { orgId } = call.actor;
  const personId = paramOf(call, 'id');
  await personOr404(context, orgId, personId);
  assertNotSelf(call, personId);
  const options = { required: true, subjectId: newId('cas') };
  return idempotently(context, call, options, async ({ subjectId: caseId, updateId }) => {
    const person = await personOr404(context, orgId, personId);
    const open = await openCaseOf(context, person);
    if (open !== undefined && open.closedAtMs === undefined && open.id !== caseId) {
      if (!isOfKind(open, 'leave')) throw openCaseProblem(open.id, open.kind);
      noteCase(open.id);
      return endAddressed(context, call, { door: LEAVES, record: open, updateId }, reason);
    }
    noteCase(caseId);
    const written = await context.repositories.cases.get(orgId, caseId);
    const isOurs = written !== undefined && isOfKind(written, 'leave');
    return answerLeave(context, isOurs ? written : await writeOpening(context, call, person, caseId), []);
  });
}

async function writeOpening(
  context: ApiContext,
  call: Call,
  person: Person,
  caseId: string,
): Promise<CaseOf<'leave'>> {
  if (person.protected) throw new Problem('PERSON_PROTECTED');
  const reasons = await disabledFor(context, person);
  if (!['active', 'disabled'].includes(person.status) || (person.status === 'active' && reasons.length === 0))
    throw new Problem('NOT_DISABLED');
  const organisation = await organisationOf(context, person.orgId);
  const procedure = await procedureInForce(context, organisation, LEAVE_PROCEDURES);
  const request: LeaveRequest = {
    personId: person.id,
    reason: reasons.includes('suspicious') ? 'suspicious' : 'leave',
    time: procedure.time,
    timeZone: person.timeZone ?? organisation.timeZone,
    opensOnly: true,
  };
  // Whoever was locked for anything but a leave has lost the password.
  const passwordGone = reasons.some((reason) => reason !== 'leave');
  const { plan } = planOfLeave(context, { person, organisation, request, procedure }, { passwordGone });
  return writeCase<'leave'>(context, call, caseId, {
    ...{ kind: 'leave', person, request, plan },
    ...{ reason: 'enable', passesGuard: false },
  });
}

/** Why the person's accounts are disabled, those that are and can be asked from here. */
async function disabledFor(context: ApiContext, { orgId, accounts }: Person) {
  const reasons = [];
  for (const { target, accountId } of accounts) {
    const account = await context.directories[target]?.getAccount(orgId, accountId);
    if (account?.status === 'disabled') reasons.push(account.disabledReason);
  }
  return reasons;
}
