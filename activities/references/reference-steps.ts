import type { Person } from '../../shared/domain/person.ts';
import type { Reassignment, Reference } from '../../shared/domain/reference.ts';
import { findReferences } from '../../shared/platform/references/find-references.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import { notApplicable } from '../steps/account-step.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { giveReference } from './give-reference.ts';
import { heirsOf } from './heirs.ts';

/**
 * Gives everything that points at a leaver to the successor, else to the manager. What nobody can take keeps the step red
 * until a person saw to it: the rest is given all the same.
 */
export const reassignReferences: StepDefinition = {
  kind: 'reassignReferences',
  async carryOut(context) {
    const { ports, organisation, person, input } = context;
    await context.intend();
    const heirs = await heirsOf(context);
    const left: Reference[] = [];
    for (const reference of await findReferences(ports.repositories, organisation, person)) {
      const to = await heirFor(context, reference, heirs);
      // A departure whose contact cannot answer chooses another one by itself, or turns red.
      if (to === undefined && reference.kind === 'contact') continue;
      if (to === undefined) left.push(reference);
      else await reassign(context, reference, to);
    }
    if (left.length > 0) throw new StepFailed('REFERENCES_LEFT', { cause: left });
    const given = await ports.repositories.reassignments.listByCase(input.orgId, input.caseId);
    return { outcome: 'done', proof: { given: given.map(forEvidence) } };
  },
};

/** Gives back what was taken over, newest first. What somebody changed since stays as it is. */
export const restoreReferences: StepDefinition = {
  kind: 'restoreReferences',
  async carryOut(context) {
    const { ports, input, person, theCase } = context;
    if (stepOf(theCase.plan, input.stepKey)?.undoes === undefined) throw new StepFailed('CASE_OUTDATED');
    const { reassignments, people } = ports.repositories;
    const given = await reassignments.listByCase(input.orgId, input.caseId);
    if (given.length === 0) return notApplicable(context, 'nothing_to_put_back');
    await context.intend();
    for (const { kind, holderId, toId } of given.toReversed()) {
      const from = await people.get(input.orgId, toId);
      if (from !== undefined) await giveReference(context, { kind, holderId, from, to: person });
    }
    return { outcome: 'done', proof: { givenBack: given.map(forEvidence) } };
  },
};

/**
 * Nobody becomes their own manager, or takes over from themselves. Nobody gets what somebody else left behind by accident
 * either: who receives it instead is for a person to say.
 */
async function heirFor(
  { ports, input }: StepContext,
  { kind, holderId }: Reference,
  heirs: readonly Person[],
): Promise<Person | undefined> {
  if (kind === 'recipient') return undefined;
  const role = kind === 'successor' || kind === 'contact' || kind === 'redirect';
  const theirs = role ? await ports.repositories.cases.get(input.orgId, holderId) : undefined;
  const excluded = theirs?.personId ?? holderId;
  return heirs.find(({ id }) => id !== excluded);
}

/** Who takes it over is written first: after a crash the same person gets it, and an undo knows of it. */
async function reassign(context: StepContext, { kind, holderId }: Reference, to: Person): Promise<void> {
  const { ports, input, person } = context;
  const { reassignments, people } = ports.repositories;
  const { toId } = await reassignments.intend({
    id: `ref:${input.caseId}:${kind}:${holderId}`,
    ...{ orgId: input.orgId, caseId: input.caseId, kind, holderId },
    ...{ fromId: person.id, toId: to.id, atMs: input.asOfMs },
  });
  const heir = toId === to.id ? to : await people.get(input.orgId, toId);
  if (heir !== undefined) await giveReference(context, { kind, holderId, from: person, to: heir });
}

function forEvidence({ kind, holderId, fromId, toId }: Reassignment) {
  return { kind, holderId, before: fromId, after: toId };
}
