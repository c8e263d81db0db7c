import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { isSettled } from '../../shared/domain/case-states.ts';
import { ITSELF } from '../../shared/domain/ids.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import type { CaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import { canAnswer } from '../auto-reply/contact.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import type { Ports } from '../steps/step-definition.ts';
import { rolesOf } from '../../shared/domain/reference.ts';

export interface ContactPorts {
  readonly repositories: Repositories;
  readonly connectors: Ports['connectors'];
  readonly engine: Pick<CaseEngine, 'command'>;
}

const PAGE = 100;

/**
 * An auto-reply must not go on naming somebody who left, or was disabled for whatever reason. The case gives the reply again,
 * which chooses another contact by rule and proves it, or turns red.
 */
export async function recheckContacts(ports: ContactPorts): Promise<number> {
  let reapplied = 0;
  for await (const { id } of organisationsOf(ports)) {
    const silent = new Map<string, boolean>();
    for await (const theCase of runningCasesOf(ports, id)) {
      const { contactPersonId } = rolesOf(theCase.request);
      const steps = runningReplies(theCase);
      if (contactPersonId === undefined || steps.length === 0) continue;
      const isSilent = silent.get(contactPersonId) ?? !(await answers(ports, id, contactPersonId));
      silent.set(contactPersonId, isSilent);
      if (!isSilent) continue;
      for (const step of steps) reapplied += await reapply(ports, theCase, step.key, step.round);
    }
  }
  return reapplied;
}

async function answers(ports: ContactPorts, orgId: string, personId: string): Promise<boolean> {
  return canAnswer(ports, await ports.repositories.people.get(orgId, personId));
}

/** Given and not ended. */
function runningReplies({ plan, steps }: CaseRecord) {
  const keysOf = (kind: string) => plan.steps.filter((step) => step.kind === kind).map((step) => step.key);
  const over = steps.some((step) => keysOf('endAutoReply').includes(step.key) && isSettled(step.status));
  return over
    ? []
    : steps.filter((step) => keysOf('startAutoReply').includes(step.key) && step.status === 'done');
}

async function reapply(
  { engine }: ContactPorts,
  { workflowId, id }: CaseRecord,
  stepKey: string,
  round: number,
): Promise<number> {
  const payload = { actorId: ITSELF, stepKey };
  const outcome = await engine.command(
    workflowId,
    'reapplyStep',
    payload,
    `contact:${id}:${stepKey}:${round}`,
  );
  if (outcome.kind === 'unavailable') throw new TargetUnavailable('Temporal did not take the command');
  return outcome.kind === 'accepted' ? 1 : 0;
}

async function* organisationsOf({ repositories }: ContactPorts): AsyncIterable<Organisation> {
  yield* pages((range) => repositories.organisations.list(range));
}

async function* runningCasesOf({ repositories }: ContactPorts, orgId: string): AsyncIterable<CaseRecord> {
  for (const state of ['running', 'needs_attention'] as const)
    yield* pages((range) => repositories.cases.list(orgId, { states: [state], ...range }));
}

async function* pages<T extends { readonly id: string }>(
  read: (range: { readonly after?: string; readonly limit: number }) => Promise<readonly T[]>,
): AsyncIterable<T> {
  for await (const page of everyPage(PAGE, read)) yield* page;
}
