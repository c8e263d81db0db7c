import { effectId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import { RECORD_KEY } from '../../shared/domain/planner/role-change/steps.ts';
import { isManagedBy } from '../../shared/platform/people/manager-chain.ts';
import { notApplicable } from '../steps/account-step.ts';
import { assertAdministratorStays } from '../steps/administrator-stays.ts';
import { changePerson } from '../steps/change-person.ts';
import type { StepContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { evidenceOfUndone } from '../undo/before-state.ts';
import { asItIs, isSet, personPartOf, setBack, setBy, type RoleFieldChanges } from './person-part.ts';
import { roleChangeRequestOf } from './role-change-request.ts';

/** What the person's entry was before the new role was written into it; `undefined` where that never began. */
export async function entryBefore({ ports, input }: StepContext): Promise<RoleFieldChanges | undefined> {
  const id = effectId(input.caseId, RECORD_KEY, 1);
  return beforeOf(await ports.repositories.evidence.get(input.orgId, id));
}

/** The person's own entry follows what was proven on the accounts. */
export const changePersonRecord: StepDefinition = {
  kind: 'changePersonRecord',
  async carryOut(context) {
    const { input, person, theCase } = context;
    const asked = roleChangeRequestOf(theCase);
    const part = personPartOf(input.params);
    if (part === 'newRole' && asked.managerId !== undefined) await assertManages(context, asked.managerId);
    const hadGroups = (await entryBefore(context))?.groups ?? asked.removes.groups;
    const wanted = (current: Person) => setBy(part, current, asked, hadGroups);
    const { proof } = await context.intend(undefined, undefined, { before: asItIs(person, wanted(person)) });
    return write(context, wanted, { before: proof?.['before'] });
  },
};

/** Puts back what the step set, except what somebody changed since. */
export const restorePersonRecord: StepDefinition = {
  kind: 'restorePersonRecord',
  async carryOut(context) {
    const { input, theCase } = context;
    const was = beforeOf(await evidenceOfUndone(context));
    if (was === undefined) return notApplicable(context, 'nothing_to_put_back');
    const undone = stepOf(theCase.plan, stepOf(theCase.plan, input.stepKey)?.undoes ?? '');
    const part = personPartOf(undone?.params);
    const asked = roleChangeRequestOf(theCase);
    await context.intend();
    return write(context, (current) => setBack(part, current, asked, was), {});
  },
};

/** Compare, write, read back. */
async function write(
  context: StepContext,
  wanted: (current: Person) => RoleFieldChanges,
  proof: StepEffect['proof'],
): Promise<StepEffect> {
  const { person, ports } = context;
  const losesRole = wanted(person).accountRole === 'user';
  if (losesRole) await assertAdministratorStays(context);
  await changePerson(context, (current) => (isSet(current, wanted(current)) ? undefined : wanted(current)));
  const after = await ports.repositories.people.get(person.orgId, person.id);
  if (after === undefined || !isSet(after, wanted(after))) throw new StepFailed('READ_BACK_MISMATCH');
  if (losesRole) await assertNotBothGo(context);
  return { outcome: 'done', proof: { ...proof, after: asItIs(after, wanted(after)) } };
}

/** Asked again now that everybody sees it: of two administrators who lose the role at the same moment, neither goes on. */
async function assertNotBothGo(context: StepContext): Promise<void> {
  const { people } = context.ports.repositories;
  if ((await people.listAdministrators(context.person.orgId, 1)).length > 0) return;
  await changePerson(context, () => ({ accountRole: 'administrator' }));
  throw new StepFailed('LAST_ADMINISTRATOR');
}

/** Whoever was to manage the person may be gone by now, or be managed by the person. */
async function assertManages({ ports, person }: StepContext, managerId: string): Promise<void> {
  const { repositories } = ports;
  const manager = await repositories.people.get(person.orgId, managerId);
  const isAbove = await isManagedBy(repositories, person.orgId, managerId, person.id);
  if (manager?.status !== 'active' || isAbove) throw new StepFailed('MANAGER_UNAVAILABLE');
}

function beforeOf(evidence: { readonly proof?: Readonly<Record<string, unknown>> } | undefined) {
  return evidence?.proof?.['before'] as RoleFieldChanges | undefined;
}
