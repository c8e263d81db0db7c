import { GATE_KEY } from '../../shared/domain/planner/departure/purge.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/**
 * What must be true at the gate and again at the delete call itself, read from the database at that moment: no legal hold, no
 * pause, an approval of somebody other than the requester, and still the same person.
 */
export async function assertMayBeDeleted({
  ports,
  input,
  theCase,
}: StepContext): Promise<{ readonly approvedBy: string }> {
  const { repositories } = ports;
  const person = await repositories.people.get(input.orgId, theCase.personId);
  if (person?.generation !== theCase.generation) throw new StepFailed('CASE_OUTDATED');
  if (person.protected) throw new StepFailed('PERSON_PROTECTED');
  if (person.legalHold !== undefined) throw new StepFailed('LEGAL_HOLD');
  const organisation = await repositories.organisations.get(input.orgId);
  if (organisation?.frozen !== undefined) throw new StepFailed('FROZEN');
  const now = await repositories.cases.get(input.orgId, input.caseId);
  if (now === undefined || now.closedAtMs !== undefined) throw new StepFailed('CASE_OUTDATED');
  if (now.state === 'paused') throw new StepFailed('CASE_PAUSED');
  const approval = await repositories.approvals.get(input.orgId, input.caseId, GATE_KEY);
  if (approval === undefined || approval.approvedBy === theCase.requestedBy)
    throw new StepFailed('APPROVAL_MISSING');
  return { approvedBy: approval.approvedBy };
}
