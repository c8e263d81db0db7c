import { ApplicationFailure } from '@temporalio/common';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { effectId, openCaseClaimId } from '../../shared/domain/ids.ts';
import { DAY_ZERO_KEYS } from '../../shared/domain/planner/departure/day-zero.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { rotatedSecretKeys } from '../lockout/rotated-secret.ts';
import { setupLinkSecretKey } from '../undo/setup-link-secret.ts';
import { leaverLinkSecretKey } from '../notices/leaver-link-secret.ts';
import { caseNotice } from '../notices/notice-texts.ts';
import { addressesOf } from '../notices/recipients.ts';
import { closeOnboarding } from '../onboarding/close-onboarding.ts';
import { changePerson } from '../steps/change-person.ts';
import { standingBefore } from '../steps/person-standing.ts';
import type { Ports } from '../steps/step-definition.ts';
import type { CaseActivities } from './contract.ts';

/** What a case does besides its steps. */
export function createCaseActivities(ports: Ports): CaseActivities {
  const { repositories } = ports;
  return {
    async projectCase({ orgId, caseId, projection }) {
      if ((await repositories.cases.project(orgId, caseId, projection)) === 'unknown')
        throw failure('CASE_OUTDATED');
    },

    async sendCaseNotice({ orgId, caseId, notice, count, sinceMs, stepKeys }) {
      const { theCase, person, organisation } = await load(ports, orgId, caseId);
      const owners = notice === 'checklist' ? await ownersOf(ports, theCase, stepKeys) : [];
      const known = [...new Set([...owners, ...organisation.notificationAddresses])];
      // Loud failure must not be silent because an address was never set.
      const to = known.length > 0 ? known : await addressesOf(repositories, orgId, [person.managerId]);
      if (to.length === 0) throw failure('NO_RECIPIENT');
      const steps = theCase.steps.filter((step) => stepKeys.includes(step.key));
      await ports.notifier.send({
        id: `not:${caseId}:${notice}:${sinceMs}:${count}`,
        to,
        ...caseNotice(notice, theCase, person, steps, count),
      });
    },

    async closeCase({ orgId, caseId, state }) {
      const { theCase, person } = await load(ports, orgId, caseId);
      for (const key of rotatedSecretKeys(caseId, theCase.plan)) await ports.vault.destroy(orgId, key);
      await ports.vault.destroy(orgId, setupLinkSecretKey(caseId));
      await ports.vault.destroy(orgId, leaverLinkSecretKey(caseId));
      if (state === 'cancelled') await letStay(ports, theCase);
      if (theCase.kind === 'onboarding') await closeOnboarding(ports, theCase, person, state);
      await repositories.claims.release(openCaseClaimId(orgId, person.id), orgId, caseId);
    },
  };
}

/** Nobody leaves by a case that was cancelled. Whoever was away before it, by a leave that was left as it stood, is so again. */
async function letStay(ports: Ports, { orgId, id, personId }: CaseRecord): Promise<void> {
  const snapshot = await ports.repositories.evidence.get(orgId, effectId(id, DAY_ZERO_KEYS.takeSnapshot, 1));
  const status = standingBefore(snapshot?.before);
  await changePerson({ ports, person: { orgId, id: personId } }, (current) =>
    current.status === 'leaving' ? { status } : undefined,
  );
}

/** The addresses of those whose checklist items are due. */
async function ownersOf(
  { repositories }: Ports,
  { orgId, plan }: CaseRecord,
  stepKeys: readonly string[],
): Promise<readonly string[]> {
  const items = plan.steps.filter((step) => stepKeys.includes(step.key));
  const ids = new Set(items.flatMap(({ params }) => params['ownerId'] ?? []).map(String));
  return addressesOf(repositories, orgId, [...ids]);
}

async function load(ports: Ports, orgId: string, caseId: string) {
  const theCase = await ports.repositories.cases.get(orgId, caseId);
  const person = theCase && (await ports.repositories.people.get(orgId, theCase.personId));
  const organisation = await ports.repositories.organisations.get(orgId);
  if (theCase === undefined || person === undefined || organisation === undefined)
    throw failure('CASE_OUTDATED');
  return { theCase, person, organisation };
}

function failure(code: StepFailureCode): ApplicationFailure {
  return ApplicationFailure.create({
    message: STEP_FAILURES[code].sentence,
    type: code,
    nonRetryable: !STEP_FAILURES[code].retry,
  });
}
