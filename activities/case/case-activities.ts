import { ApplicationFailure } from '@temporalio/common';
import { openCaseClaimId } from '../../shared/domain/ids.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { rotatedSecretKey } from '../lockout/rotated-secret.ts';
import { caseNotice } from '../notices/notice-texts.ts';
import { changePerson } from '../steps/change-person.ts';
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
      if (organisation.notificationAddresses.length === 0) throw failure('NO_RECIPIENT');
      const steps = theCase.steps.filter((step) => stepKeys.includes(step.key));
      await ports.notifier.send({
        id: `not:${caseId}:${notice}:${sinceMs}:${count}`,
        to: organisation.notificationAddresses,
        ...caseNotice(notice, caseId, person, steps, count),
      });
    },

    async closeCase({ orgId, caseId, state }) {
      const { person } = await load(ports, orgId, caseId);
      await ports.vault.destroy(orgId, rotatedSecretKey(caseId));
      if (state === 'cancelled') {
        await changePerson({ ports, person }, (current) =>
          current.status === 'leaving' ? { status: 'active' } : undefined,
        );
      }
      await repositories.claims.release(openCaseClaimId(orgId, person.id), orgId, caseId);
    },
  };
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
