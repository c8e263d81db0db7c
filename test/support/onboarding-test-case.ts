import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CasePolicy } from '../../shared/contract/case.ts';
import type { CaseUpdateName, CaseUpdates, CommandResult } from '../../shared/contract/commands.ts';
import type { CaseRecord, StepView } from '../../shared/domain/case-record.ts';
import type { Person } from '../../shared/domain/person.ts';
import { planUndo } from '../../shared/domain/planner/plan-undo.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import type { TestEngine } from './engine.ts';
import { fastForward, workflowClock } from './fast-forward.ts';
import type { Mailroom } from './memory-ports.ts';

/** A case of whatever kind that runs, and whose clock is moved. */
export interface TestCase {
  readonly orgId: string;
  readonly caseId: string;
  readonly workflowId: string;
  record(): Promise<CaseRecord>;
  step(key: string): Promise<StepView>;
  stepStatuses(): Promise<Readonly<Record<string, string>>>;
  command<Name extends CaseUpdateName>(name: Name, payload: CaseUpdates[Name]): Promise<CommandResult>;
  /** Turns the case back as the API would. */
  undo(by?: string, tries?: number): Promise<CommandResult>;
  person(): Promise<Person>;
  /** The case's clock, which is ahead of ours once it was moved. */
  clock(): Promise<number>;
  /** Moves the case's clock to an instant. */
  forwardTo(atMs: number): Promise<void>;
  forwardBy(ms: number): Promise<void>;
  /** Waits, in real time, until the database shows what is asked for. */
  until(what: (record: CaseRecord) => boolean, timeoutMs?: number): Promise<CaseRecord>;
  /** Mails about this case, in the order of sending. */
  mails(): Mailroom['mails'];
}

/** Starts a case that was written. Its clock stands at the real now until it is moved. */
export async function startTestCase(
  engine: TestEngine,
  written: CaseRecord,
  policy: CasePolicy,
): Promise<TestCase> {
  const { repositories, temporal, queues } = engine;
  const { orgId, id: caseId, workflowId, personId } = written;
  await createCaseEngine(temporal.realTimeClient, { queues, policy }).start(written, false);
  const handle = temporal.realTimeClient.workflow.getHandle(workflowId);
  const current = async (): Promise<CaseRecord> => (await repositories.cases.get(orgId, caseId))!;

  const theCase: TestCase = {
    ...{ orgId, caseId, workflowId, record: current },
    async step(key) {
      return (await current()).steps.find((step) => step.key === key)!;
    },
    async stepStatuses() {
      return Object.fromEntries((await current()).steps.map((step) => [step.key, step.status]));
    },
    command: (name, payload) =>
      handle.executeUpdate<CommandResult, [typeof payload]>(name, { args: [payload] }),
    async undo(actorId = 'own_hr', tries = 5): Promise<CommandResult> {
      const { plan, steps } = await current();
      const tried = steps.filter((step) => step.status !== 'waiting' || step.round > 1);
      const startedKeys = new Set(tried.map((step) => step.key));
      const back = planUndo({ plan, startedKeys, nowMs: await theCase.clock() });
      const asked = theCase.command('undoCase', { actorId, plan: back });
      if (tries === 1 || !(await wasOutdated(asked))) return asked;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return theCase.undo(actorId, tries - 1);
    },
    person: async () => (await repositories.people.get(orgId, personId))!,
    clock: () => workflowClock(temporal.connection, workflowId),
    async forwardTo(atMs) {
      await theCase.forwardBy(atMs - (await theCase.clock()));
    },
    forwardBy: (ms) => fastForward(temporal.connection, workflowId, ms),
    async until(what, timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const now = await current();
        if (what(now)) return now;
        if (Date.now() > deadline) throw new Error(`not reached: ${now.state} ${JSON.stringify(now.steps)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    mails: () => engine.mailroom.mails.filter((mail) => mail.id.includes(caseId)),
  };
  return theCase;
}

/** A step was started between the reading of the case and the command: the API plans again as well. */
function wasOutdated(asked: Promise<CommandResult>): Promise<boolean> {
  return asked.then(
    () => false,
    async () => (await rejectionOf(asked)) === 'PLAN_OUTDATED',
  );
}

/** The code a command was rejected with; fails when it was accepted. */
export async function rejectionOf(command: Promise<CommandResult>): Promise<string> {
  const outcome = await command.then(
    (result) => new Error(`accepted: ${result.effect}`),
    (error: unknown) => error,
  );
  if (outcome instanceof WorkflowUpdateFailedError && outcome.cause instanceof ApplicationFailure)
    return String(outcome.cause.type);
  throw outcome;
}

export function statusOf(record: CaseRecord, key: string): string | undefined {
  return record.steps.find((step) => step.key === key)?.status;
}
