import { ApplicationFailure } from '@temporalio/common';
import type { ChainedTry, ChainInput, ChainResult, StepInput } from '../../shared/contract/step.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { CaseState } from '../../shared/domain/case-states.ts';
import type { ActivityKind } from '../../shared/domain/step-kinds.ts';
import { currentLogFields, withLogFields } from '../../shared/platform/log-context.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import { loadSubject, type Subject } from './load-subject.ts';
import { runStep } from './run-step.ts';
import type { Ports, StepDefinition } from './step-definition.ts';
import { StepFailed } from './step-failure.ts';

/** What was read of a case is good for this long: a freeze, a pause or a cancellation is honoured within it. */
const SUBJECT_IS_FRESH_MS = 1_000;
const CALLED_BACK: ReadonlySet<CaseState> = new Set(['paused', 'cancelled', 'undone']);

/**
 * Carries out steps one after the other, each with its own evidence: the next begins once the one before it was tried,
 * whatever came of it. Ends early when its time is over or the case no longer wants them; what was not begun is not told of.
 */
export async function runChain(
  definitions: Readonly<Record<ActivityKind, StepDefinition>>,
  ports: Ports,
  { steps, goOnForMs, ...common }: ChainInput,
  portsOf: (kind: ActivityKind) => Ports,
): Promise<ChainResult> {
  const endAtMs = performance.now() + goOnForMs;
  const subject = freshSubject(ports, common);
  const isWanted = await wish(subject);
  const tries: ChainedTry[] = [];
  for (const { kind, ...own } of steps) {
    if (tries.length > 0 && (performance.now() >= endAtMs || !(await isWanted()))) break;
    const triedAtMs = performance.now();
    const fields = { ...currentLogFields(), stepKey: own.stepKey, activity: kind };
    const outcome = await withLogFields(fields, () =>
      outcomeOf(definitions[kind], portsOf(kind), { ...common, ...own }, subject),
    );
    tries.push({ stepKey: own.stepKey, kind, ms: Math.round(performance.now() - triedAtMs), ...outcome });
  }
  return { tries };
}

/**
 * Whether the case still wants its next step: nobody paused or cancelled it, or turned it back, since the chain was begun.
 * While the database is away nothing more is begun.
 */
async function wish(subject: () => Promise<Subject>): Promise<() => Promise<boolean>> {
  const read = async (): Promise<CaseRecord | undefined> => {
    try {
      return (await subject()).theCase;
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof StepFailed) return undefined;
      throw error;
    }
  };
  const atBegin = await read();
  return async () => {
    const now = await read();
    return now !== undefined && !CALLED_BACK.has(now.state) && now.undoing === atBegin?.undoing;
  };
}

type Outcome = Pick<Extract<ChainedTry, { outcome: 'failed' }>, 'outcome' | 'code' | 'final'>;

async function outcomeOf(
  definition: StepDefinition,
  ports: Ports,
  input: StepInput,
  subject: () => Promise<Subject>,
): Promise<Awaited<ReturnType<typeof runStep>> | Outcome> {
  try {
    return await runStep(definition, ports, input, subject);
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    return { outcome: 'failed', code: error.type ?? 'UNEXPECTED', final: error.nonRetryable === true };
  }
}

function freshSubject(ports: Ports, of: Pick<ChainInput, 'orgId' | 'caseId'>): () => Promise<Subject> {
  let known: { readonly subject: Subject; readonly untilMs: number } | undefined;
  return async () => {
    const nowMs = performance.now();
    if (known === undefined || known.untilMs <= nowMs)
      known = { subject: await loadSubject(ports, of), untilMs: nowMs + SUBJECT_IS_FRESH_MS };
    return known.subject;
  };
}
