import { ApplicationFailure } from '@temporalio/common';
import type { DestructiveFailureDetail, StepInput, StepResult } from '../../shared/contract/step.ts';
import { effectId } from '../../shared/domain/ids.ts';
import { STEP_TRAITS } from '../../shared/domain/step-kinds.ts';
import { STEP_FAILURES } from '../../shared/errors/failure-types.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { loadSubject, type Subject } from './load-subject.ts';
import type { Ports, StepContext, StepDefinition } from './step-definition.ts';
import { failureCodeOf, StepFailed } from './step-failure.ts';
import { targetParam } from './target-param.ts';

/**
 * Carries out one attempt of one step and keeps its evidence: the intent before the first call, each attempt, and what was
 * read back. Rejects with an `ApplicationFailure` of a type from `STEP_FAILURES`, without personal data.
 */
export async function runStep(
  definition: StepDefinition,
  ports: Ports,
  input: StepInput,
  subject: () => Promise<Subject> = () => loadSubject(ports, input),
): Promise<StepResult> {
  const evidenceId = effectId(input.caseId, input.stepKey, input.round);
  try {
    const proven = await ports.repositories.evidence.get(input.orgId, evidenceId);
    if (proven?.status === 'done' || proven?.status === 'not_applicable')
      return { outcome: proven.status, evidenceId };
    const context = contextOf(definition, ports, input, await subject());
    return await attempt(definition, context);
  } catch (error) {
    throw await toFailure(error, definition, ports, input, evidenceId);
  }
}

function contextOf(
  definition: StepDefinition,
  ports: Ports,
  input: StepInput,
  { theCase, person, organisation }: Subject,
): StepContext {
  if (theCase.closedAtMs !== undefined || theCase.generation !== person.generation)
    throw new StepFailed('CASE_OUTDATED');
  const { locking, destructive } = STEP_TRAITS[definition.kind];
  if (organisation.frozen !== undefined && (locking === true || destructive)) throw new StepFailed('FROZEN');
  const evidenceId = effectId(input.caseId, input.stepKey, input.round);
  return {
    ports,
    input,
    evidenceId,
    call: { effectKey: evidenceId, asOfMs: input.asOfMs },
    theCase,
    person,
    organisation,
    intend: (before, target = targetParam(input), proof) =>
      ports.repositories.evidence.intend({
        id: evidenceId,
        orgId: input.orgId,
        caseId: input.caseId,
        personId: person.id,
        stepKey: input.stepKey,
        round: input.round,
        kind: definition.kind,
        ...(target === undefined ? {} : { target }),
        ...(before === undefined ? {} : { before }),
        ...(proof === undefined ? {} : { proof }),
      }),
  };
}

async function attempt(definition: StepDefinition, context: StepContext): Promise<StepResult> {
  const { ports, input, evidenceId } = context;
  const { evidence } = ports.repositories;
  const startedAtMs = ports.clock.now();
  const ended = () => ({ startedAtMs, endedAtMs: ports.clock.now() });
  try {
    const { outcome, ...found } = await definition.carryOut(context);
    const occurredAtMs = ports.clock.now();
    await evidence.complete(input.orgId, evidenceId, { ...found, status: outcome, occurredAtMs }, ended());
    definition.proven?.(context, { ...found, outcome });
    return { outcome, evidenceId };
  } catch (error) {
    // It may have failed before it could say what it was about to do.
    await context.intend();
    await evidence.fail(input.orgId, evidenceId, failureCodeOf(error), ended());
    throw error;
  }
}

async function toFailure(
  error: unknown,
  definition: StepDefinition,
  ports: Ports,
  input: StepInput,
  evidenceId: string,
): Promise<ApplicationFailure> {
  const code = failureCodeOf(error);
  const { retry, sentence } = STEP_FAILURES[code];
  const { caseId, stepKey, round } = input;
  ports.log.warn(
    { caseId, stepKey, round, code, ...(code === 'UNEXPECTED' ? { err: error } : {}) },
    'a step was not proven',
  );
  const retryAfterMs = error instanceof TargetUnavailable ? error.retryAfterMs : undefined;
  return ApplicationFailure.create({
    message: sentence,
    type: code,
    nonRetryable: !retry,
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    ...(STEP_TRAITS[definition.kind].destructive
      ? { details: [await destructiveDetail(ports, input, evidenceId)] }
      : {}),
  });
}

/** Whether any attempt so far may have reached the target with the destructive call. When the database is silent: yes. */
async function destructiveDetail(
  ports: Ports,
  input: StepInput,
  evidenceId: string,
): Promise<DestructiveFailureDetail> {
  try {
    const stored = await ports.repositories.evidence.get(input.orgId, evidenceId);
    return { called: stored?.calledAtMs !== undefined };
  } catch (error) {
    if (error instanceof StoreUnavailable) return { called: true };
    throw error;
  }
}
