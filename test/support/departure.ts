import { ApplicationFailure } from '@temporalio/common';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { DirectoryEffect } from '../../directory/store/directory-store.ts';
import type { CaseUpdateName, CaseUpdates, CommandResult } from '../../shared/contract/commands.ts';
import { DEFAULT_CASE_POLICY, type CasePolicy } from '../../shared/contract/case.ts';
import type { CaseOf, CaseRecord, StepView } from '../../shared/domain/case-record.ts';
import type { Handover } from '../../shared/domain/handover.ts';
import { caseWorkflowId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { AutoReplyRequest, RedirectRequest } from '../../shared/domain/departure.ts';
import type { Person } from '../../shared/domain/person.ts';
import { DEPARTURE_PROCEDURE } from '../../shared/domain/planner/departure-procedure.ts';
import { planDeparture, type DeparturePlanInput } from '../../shared/domain/planner/plan-departure.ts';
import { planUndo } from '../../shared/domain/planner/plan-undo.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import type { TestEngine } from './engine.ts';
import { fastForward, workflowClock } from './fast-forward.ts';
import { addBelongings, handoverTo, plannedHandover } from './handover.ts';
import { addDays } from './local-days.ts';
import type { Mailroom } from './memory-ports.ts';
import { createPeople, type PeopleOptions } from './people.ts';
import { asDeparture } from './as-departure.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export { PASSWORD } from './people.ts';
export const REQUESTER = 'own_requester';
export const APPROVER = 'own_approver';

/** One organisation with a manager and a leaver, and the leaver's departure. */
export interface TestDeparture {
  readonly orgId: string;
  readonly caseId: string;
  readonly workflowId: string;
  readonly person: Person;
  readonly manager: Person;
  readonly accountId: string;
  readonly leaveAtMs: number;
  record(): Promise<CaseOf<'departure'>>;
  step(key: string): Promise<StepView>;
  stepStatuses(): Promise<Readonly<Record<string, string>>>;
  command<Name extends CaseUpdateName>(name: Name, payload: CaseUpdates[Name]): Promise<CommandResult>;
  /** Records the approval as the API would, and tells the case. */
  approve(by?: string, stepKey?: string): Promise<CommandResult>;
  /** Turns the case back as the API would. */
  undo(by?: string, tries?: number): Promise<CommandResult>;
  /** What the API writes of a hold, without telling the case. */
  writeHold(on: boolean): Promise<void>;
  setHold(on: boolean): Promise<void>;
  /** The case's clock, which is ahead of ours once it was moved. */
  clock(): Promise<number>;
  /** Moves the case's clock to this many milliseconds after the leave instant. */
  forwardTo(afterLeaveMs: number): Promise<void>;
  forwardBy(ms: number): Promise<void>;
  /** Waits, in real time, until the database shows what is asked for. */
  until(what: (record: CaseRecord) => boolean, timeoutMs?: number): Promise<CaseRecord>;
  plan(overrides: Partial<DeparturePlanInput>): ReturnType<typeof planDeparture>;
  /** What the directory applied to the leaver's account for this case, in order. */
  effectLog(): Promise<readonly DirectoryEffect[]>;
  /** The operations of that log. */
  effects(): Promise<readonly string[]>;
  /** Mails about this case, in the order of sending. */
  mails(): Mailroom['mails'];
  accountExists(): Promise<boolean>;
}

export interface DepartureOptions extends PeopleOptions {
  readonly plan?: Partial<DeparturePlanInput>;
  readonly policy?: CasePolicy;
  readonly daysUntilLeave?: number;
  readonly guardHeld?: boolean;
  /** Asks for a redirect: to the manager, for 30 days, unless said otherwise. */
  readonly redirect?: Partial<RedirectRequest>;
  /** Keeps the data until this many days after the leave day. */
  readonly retainDays?: number;
  /** Instead of the usual auto-reply. */
  readonly autoReply?: AutoReplyRequest;
  /** Gives the leaver things to hand over, and asks for it: everything to the manager on day 7, unless said otherwise. */
  readonly handover?: Partial<Handover>;
  /** Called when the case is written and its workflow not yet started. */
  readonly beforeStart?: (orgId: string) => void;
}

/** Writes the case as the API does, and starts nothing. */
export async function writeDeparture(engine: TestEngine, options: DepartureOptions = {}) {
  const people = await createPeople(engine, options);
  const { orgId, person, manager } = people;
  const retainUntil =
    options.retainDays === undefined
      ? undefined
      : addDays(Date.now(), (options.daysUntilLeave ?? 10) + options.retainDays);
  const redirect = options.redirect && { ...redirectTo(manager), ...options.redirect };
  const handover = options.handover && handoverTo(manager, options.handover);
  const caseId = newId('cas');
  if (handover !== undefined) await addBelongings(engine.directory, orgId, people.accountId, caseId);
  const base: DeparturePlanInput = {
    procedure: DEPARTURE_PROCEDURE,
    version: 1,
    nowMs: Date.now(),
    timeZone: 'Europe/Zurich',
    lastDay: addDays(Date.now(), options.daysUntilLeave ?? 10),
    leaveTime: '17:30',
    urgent: false,
    targets: person.accounts.map((account) => account.target),
    autoReplyDays: 30,
    ...(redirect === undefined
      ? {}
      : {
          redirect: {
            days: redirect.days,
            outside: redirect.outside,
            outlivesAccount: redirect.outliveAccount,
          },
        }),
    ...(retainUntil === undefined ? {} : { retainUntil }),
    ...(handover === undefined ? {} : { handover: plannedHandover(handover, person) }),
    noticePossible: true,
  };
  const plan = (overrides: Partial<DeparturePlanInput>) =>
    planDeparture({ ...base, ...overrides }, localCalendar);
  const record: CaseOf<'departure'> = {
    id: caseId,
    orgId,
    rev: 0,
    kind: 'departure',
    personId: person.id,
    generation: 1,
    requestedBy: REQUESTER,
    requestedAtMs: Date.now(),
    request: {
      personId: person.id,
      leaveTime: '17:30',
      timeZone: 'Europe/Zurich',
      urgent: false,
      contactPersonId: manager.id,
      autoReply: options.autoReply ?? { subject: 'I have left', text: 'Please write to Mona.', days: 30 },
      ...(redirect === undefined ? {} : { redirect }),
      ...(retainUntil === undefined ? {} : { outcome: { kind: 'retain', until: retainUntil } }),
      ...(handover === undefined ? {} : { handover }),
      reason: 'resigned',
    },
    ...(options.guardHeld === true ? { guardHeld: true } : {}),
    engine: 'requested',
    workflowId: caseWorkflowId('departure', orgId, caseId),
    state: 'scheduled',
    needsAttention: false,
    plan: plan(options.plan ?? {}).plan,
    steps: [],
    sequence: 0,
  };
  const { claims, cases } = engine.repositories;
  await claims.take(openCaseClaimId(orgId, person.id), orgId, caseId, Date.now());
  await cases.insert(record);
  return { ...people, record, plan };
}

function redirectTo(heir: Person): RedirectRequest {
  const reason = 'Orders still come in';
  const { address: to, id: toPersonId } = heir;
  return { to, toPersonId, outside: false, reason, keepCopy: true, days: 30, outliveAccount: false };
}

/** Writes a case and starts it. Its clock stands at the real now until it is moved. */
export async function startDeparture(
  engine: TestEngine,
  options: DepartureOptions = {},
): Promise<TestDeparture> {
  const { orgId, person, manager, accountId, record, plan } = await writeDeparture(engine, options);
  const { repositories, temporal, queues } = engine;
  const { id: caseId, workflowId } = record;
  const { leaveAtMs } = record.plan;
  options.beforeStart?.(orgId);
  const policy = options.policy ?? DEFAULT_CASE_POLICY;
  await createCaseEngine(temporal.realTimeClient, { queues, policy }).start(record, false);
  const handle = temporal.realTimeClient.workflow.getHandle(workflowId);
  const current = async () => asDeparture(await repositories.cases.get(orgId, caseId));

  const departure: TestDeparture = {
    orgId,
    caseId,
    workflowId,
    person,
    manager,
    accountId,
    leaveAtMs,
    record: current,
    async step(key) {
      return (await current()).steps.find((step) => step.key === key)!;
    },
    async stepStatuses() {
      return Object.fromEntries((await current()).steps.map((step) => [step.key, step.status]));
    },
    command: (name, payload) =>
      handle.executeUpdate<CommandResult, [typeof payload]>(name, { args: [payload] }),
    async approve(by = APPROVER, stepKey = 'purge-gate') {
      await repositories.approvals.record({ orgId, caseId, stepKey, approvedBy: by, atMs: Date.now() });
      return departure.command('approveStep', { stepKey, actorId: by });
    },
    async undo(actorId = 'own_hr', tries = 5): Promise<CommandResult> {
      const { plan, steps } = await current();
      const tried = steps.filter((step) => step.status !== 'waiting' || step.round > 1);
      const startedKeys = new Set(tried.map((step) => step.key));
      const back = planUndo({ plan, startedKeys, nowMs: await departure.clock() });
      const asked = departure.command('undoCase', { actorId, plan: back });
      if (tries === 1 || !(await wasOutdated(asked))) return asked;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return departure.undo(actorId, tries - 1);
    },
    async writeHold(on) {
      const now = (await repositories.people.get(orgId, person.id))!;
      const legalHold = { placedBy: 'own_legal', placedAtMs: Date.now(), reason: 'lawsuit' };
      await repositories.people.update(orgId, person.id, now.rev, { legalHold: on ? legalHold : undefined });
    },
    async setHold(on) {
      await departure.writeHold(on);
      await departure.command(on ? 'placeLegalHold' : 'liftLegalHold', { actorId: 'own_legal' });
    },
    clock: () => workflowClock(temporal.connection, workflowId),
    async forwardTo(afterLeaveMs) {
      await departure.forwardBy(leaveAtMs + afterLeaveMs - (await departure.clock()));
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
    plan,
    async effectLog() {
      const all = await engine.directory.readEffects(orgId);
      return all.filter((effect) => effect.accountId === accountId && effect.effectKey.startsWith('eff:'));
    },
    effects: async () => (await departure.effectLog()).map((effect) => effect.operation),
    mails: () => engine.mailroom.mails.filter((mail) => mail.id.includes(caseId)),
    accountExists: async () => (await engine.directory.getAccount(orgId, accountId)) !== undefined,
  };
  return departure;
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
