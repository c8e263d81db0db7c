import { ApplicationFailure } from '@temporalio/common';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { DirectoryEffect } from '../../directory/store/directory-store.ts';
import type { CaseUpdateName, CaseUpdates, CommandResult } from '../../shared/contract/commands.ts';
import { DEFAULT_CASE_POLICY, type CasePolicy } from '../../shared/contract/case.ts';
import { isOfKind, type CaseOf, type CaseRecord, type StepView } from '../../shared/domain/case-record.ts';
import type { CaseKind } from '../../shared/domain/case-states.ts';
import type { Person } from '../../shared/domain/person.ts';
import { planUndo } from '../../shared/domain/planner/plan-undo.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { BRANCH } from './branch.ts';
import type { TestEngine } from './engine.ts';
import { fastForward, workflowClock } from './fast-forward.ts';
import type { Mailroom } from './memory-ports.ts';

/** One case of somebody, whatever its kind: what became of it, what people say to it, and its clock. */
export interface TestCase<Kind extends CaseKind = CaseKind> {
  readonly orgId: string;
  readonly caseId: string;
  readonly workflowId: string;
  readonly person: Person;
  readonly accountId: string;
  /** The instant its days count from. */
  readonly leaveAtMs: number;
  record(): Promise<CaseOf<Kind>>;
  step(key: string): Promise<StepView>;
  stepStatuses(): Promise<Readonly<Record<string, string>>>;
  command<Name extends CaseUpdateName>(name: Name, payload: CaseUpdates[Name]): Promise<CommandResult>;
  /** Turns the case back as the API would. */
  undo(by?: string, tries?: number): Promise<CommandResult>;
  /** The case's clock, which is ahead of ours once it was moved. */
  clock(): Promise<number>;
  /** Moves the case's clock to this many milliseconds after the instant its days count from. */
  forwardTo(afterLeaveMs: number): Promise<void>;
  forwardBy(ms: number): Promise<void>;
  /** Waits, in real time, until the database shows what is asked for. */
  until(what: (record: CaseRecord) => boolean, timeoutMs?: number): Promise<CaseRecord>;
  /** What a target applied to the person's account for this case, in order. */
  effectLog(target?: string): Promise<readonly DirectoryEffect[]>;
  /** The operations of that log. */
  effects(target?: string): Promise<readonly string[]>;
  /** Mails about this case, in the order of sending. */
  mails(): Mailroom['mails'];
}

/** Starts a case that was written. Its clock stands at the real now until it is moved. */
export async function startCase<Kind extends CaseKind>(
  engine: TestEngine,
  { record, person }: { readonly record: CaseOf<Kind>; readonly person: Person },
  policy: CasePolicy = DEFAULT_CASE_POLICY,
): Promise<TestCase<Kind>> {
  const { repositories, temporal, queues } = engine;
  const { id: caseId, workflowId, orgId, kind } = record;
  const { leaveAtMs } = record.plan;
  const accountId = person.accounts[0]!.accountId;
  await createCaseEngine(temporal.realTimeClient, { queues, policy }).start(record, false);
  const handle = temporal.realTimeClient.workflow.getHandle(workflowId);
  const current = async () => known(await repositories.cases.get(orgId, caseId), kind);

  const started: TestCase<Kind> = {
    ...{ orgId, caseId, workflowId, person, accountId, leaveAtMs },
    record: async () => (await current()) as CaseOf<Kind>,
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
      const startedKeys = startedKeysOf(steps);
      const back = planUndo({ plan, startedKeys, nowMs: await started.clock() });
      const asked = started.command('undoCase', { actorId, plan: back });
      if (tries === 1 || !(await wasOutdated(asked))) return asked;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return started.undo(actorId, tries - 1);
    },
    clock: () => workflowClock(temporal.connection, workflowId),
    async forwardTo(afterLeaveMs) {
      await started.forwardBy(leaveAtMs + afterLeaveMs - (await started.clock()));
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
    async effectLog(target) {
      const all = await (target === BRANCH ? engine.branch : engine.directory).readEffects(orgId);
      return all.filter((effect) => effect.accountId === accountId && effect.effectKey.startsWith('eff:'));
    },
    effects: async (target) => (await started.effectLog(target)).map((effect) => effect.operation),
    mails: () => engine.mailroom.mails.filter((mail) => mail.id.includes(caseId)),
  };
  return started;
}

/** Whatever was tried, as its projection tells. */
export function startedKeysOf(steps: readonly StepView[]): ReadonlySet<string> {
  return new Set(steps.filter((step) => step.status !== 'waiting' || step.round > 1).map((step) => step.key));
}

function known(record: CaseRecord | undefined, kind: CaseKind): CaseRecord {
  if (record === undefined || !isOfKind(record, kind)) throw new Error(`this is no ${kind}`);
  return record;
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
