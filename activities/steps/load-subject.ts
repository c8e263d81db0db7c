import type { StepInput } from '../../shared/contract/step.ts';
import type { StepContext } from './step-definition.ts';
import { StepFailed } from './step-failure.ts';

/** What a step is about, as the database has it. */
export type Subject = Pick<StepContext, 'theCase' | 'person' | 'organisation'>;

export async function loadSubject(
  { repositories: { cases, people, organisations } }: Pick<StepContext['ports'], 'repositories'>,
  { orgId, caseId }: Pick<StepInput, 'orgId' | 'caseId'>,
): Promise<Subject> {
  const theCase = await cases.get(orgId, caseId);
  const person = theCase && (await people.get(orgId, theCase.personId));
  const organisation = await organisations.get(orgId);
  if (theCase === undefined || person === undefined || organisation === undefined)
    throw new StepFailed('CASE_OUTDATED');
  return { theCase, person, organisation };
}
