import { randomBytes } from 'node:crypto';
import type { CaseUpdateName, CaseUpdates, CommandResult } from '../../shared/contract/commands.ts';
import { DEFAULT_CASE_POLICY, type CasePolicy } from '../../shared/contract/case.ts';
import type { CaseRecord, StepView } from '../../shared/domain/case-record.ts';
import { caseWorkflowId, openCaseClaimId, addressClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { DEPARTURE_PROCEDURE } from '../../shared/domain/planner/departure-procedure.ts';
import { planDeparture, type DeparturePlanInput } from '../../shared/domain/planner/plan-departure.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import type { TestEngine } from './engine.ts';
import { fastForward } from './fast-forward.ts';
import { addDays } from './local-days.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const PASSWORD = 'correct horse battery staple';

/** One organisation with a manager and a leaver, and the leaver's departure. */
export interface TestDeparture {
  readonly orgId: string;
  readonly caseId: string;
  readonly workflowId: string;
  readonly person: Person;
  readonly manager: Person;
  readonly leaveAtMs: number;
  record(): Promise<CaseRecord>;
  step(key: string): Promise<StepView>;
  stepStatuses(): Promise<Readonly<Record<string, string>>>;
  command<Name extends CaseUpdateName>(name: Name, payload: CaseUpdates[Name]): Promise<CommandResult>;
  /** Records the approval as the API would, and tells the case. */
  approve(by?: string): Promise<CommandResult>;
  setHold(on: boolean): Promise<void>;
  /** Moves the case's clock to this many milliseconds after the leave instant. */
  forwardTo(afterLeaveMs: number): Promise<void>;
  forwardBy(ms: number): Promise<void>;
  /** Waits, in real time, until the database shows what is asked for. */
  until(what: (record: CaseRecord) => boolean, timeoutMs?: number): Promise<CaseRecord>;
  plan(overrides: Partial<DeparturePlanInput>): ReturnType<typeof planDeparture>;
  /** Operations the directory applied to the leaver's account, in order. */
  effects(): Promise<readonly string[]>;
}

export interface DepartureOptions {
  readonly plan?: Partial<DeparturePlanInput>;
  readonly policy?: CasePolicy;
  readonly protectedPerson?: boolean;
  /** A workflow of its own accord: nothing is forwarded at first. */
  readonly daysUntilLeave?: number;
  readonly messages?: number;
  readonly administrator?: boolean;
}

export async function createPeople(
  engine: TestEngine,
  options: Pick<DepartureOptions, 'administrator' | 'messages'> = {},
) {
  const orgId = newId('org');
  const { organisations, claims } = engine.repositories;
  await organisations.insert({
    id: orgId,
    rev: 0,
    name: 'Test',
    domains: ['example.test'],
    timeZone: 'Europe/Zurich',
    country: 'CH',
    locale: 'en',
    leaveTime: '17:30',
    guardLimits: { floor: 2, sharePercent: 20, ceiling: 10 },
    quarantineMonths: 12,
    notificationAddresses: ['it@example.test'],
  });
  const manager = await createPerson(engine, orgId, { firstName: 'Mona', lastName: 'Manager', role: 'user' });
  const person = await createPerson(engine, orgId, {
    firstName: 'Lea',
    lastName: 'Leaver',
    role: options.administrator === false ? 'user' : 'administrator',
    managerId: manager.id,
  });
  const accountId = person.accounts[0]!.accountId;
  await engine.directory.addAppPassword(orgId, accountId, 'phone');
  await engine.directory.addForward(orgId, accountId, { to: 'lea@home.test', keepCopy: true });
  await engine.directory.addRule(orgId, accountId, { name: 'lists', action: 'move:Lists' });
  const signIn = await engine.directory.signIn(orgId, person.address, PASSWORD);
  for (let n = 1; n <= (options.messages ?? 2); n += 1) {
    await engine.directory.deliver(orgId, {
      to: person.address,
      from: 'sender@outside.test',
      subject: `Mail ${n}`,
      text: `Text ${n}`,
    });
  }
  await claims.take(addressClaimId(orgId, person.address), orgId, person.id, Date.now());
  return { orgId, manager, person, accountId, signIn };
}

async function createPerson(
  engine: TestEngine,
  orgId: string,
  of: {
    readonly firstName: string;
    readonly lastName: string;
    readonly role: 'user' | 'administrator';
    readonly managerId?: string;
  },
): Promise<Person> {
  const accountId = newId('acc');
  const address =
    `${of.firstName}.${of.lastName}.${randomBytes(4).toString('hex')}@example.test`.toLowerCase();
  const { firstName, lastName, role } = of;
  const quotaBytes = 10_000_000;
  await engine.directory.createAccount(orgId, {
    id: accountId,
    firstName,
    lastName,
    address,
    quotaBytes,
    role,
    password: PASSWORD,
  });
  const person: Person = {
    id: newId('per'),
    orgId,
    rev: 0,
    generation: 1,
    status: 'active',
    firstName,
    lastName,
    address,
    aliases: [],
    domain: 'example.test',
    accountRole: role,
    quotaBytes,
    groups: [],
    ...(of.managerId === undefined ? {} : { managerId: of.managerId }),
    protected: false,
    accounts: [{ target: 'directory', accountId }],
    createdAtMs: Date.now(),
  };
  await engine.repositories.people.insert(person);
  return person;
}

/** Writes the case as the API does and starts it. Its clock stands at the real now until it is moved. */
export async function startDeparture(
  engine: TestEngine,
  options: DepartureOptions = {},
): Promise<TestDeparture> {
  const people = await createPeople(engine, options);
  const { orgId, person, manager, accountId } = people;
  const { repositories, temporal, queues } = engine;
  const caseId = newId('cas');
  const workflowId = caseWorkflowId('departure', orgId, caseId);
  const base: DeparturePlanInput = {
    procedure: DEPARTURE_PROCEDURE,
    version: 1,
    nowMs: Date.now(),
    timeZone: 'Europe/Zurich',
    lastDay: addDays(Date.now(), options.daysUntilLeave ?? 10),
    leaveTime: '17:30',
    urgent: false,
    autoReplyDays: 30,
    noticePossible: true,
  };
  const plan = (overrides: Partial<DeparturePlanInput>) =>
    planDeparture({ ...base, ...overrides }, localCalendar);
  const planned = plan(options.plan ?? {}).plan;
  const record: CaseRecord = {
    id: caseId,
    orgId,
    rev: 0,
    kind: 'departure',
    personId: person.id,
    generation: 1,
    requestedBy: 'own_requester',
    requestedAtMs: Date.now(),
    request: {
      personId: person.id,
      leaveTime: '17:30',
      timeZone: 'Europe/Zurich',
      urgent: false,
      contactPersonId: manager.id,
      autoReply: { subject: 'I have left', text: 'Please write to Mona.', days: 30 },
      reason: 'resigned',
    },
    engine: 'requested',
    workflowId,
    state: 'scheduled',
    needsAttention: false,
    plan: planned,
    steps: [],
    sequence: 0,
  };
  await repositories.claims.take(openCaseClaimId(orgId, person.id), orgId, caseId, Date.now());
  await repositories.cases.insert(record);
  const caseEngine = createCaseEngine(temporal.realTimeClient, {
    queues,
    policy: options.policy ?? DEFAULT_CASE_POLICY,
  });
  await caseEngine.start(record, false);
  const handle = temporal.realTimeClient.workflow.getHandle(workflowId);
  const current = async (): Promise<CaseRecord> => (await repositories.cases.get(orgId, caseId))!;

  const departure: TestDeparture = {
    orgId,
    caseId,
    workflowId,
    person,
    manager,
    leaveAtMs: planned.leaveAtMs,
    record: current,
    async step(key) {
      return (await current()).steps.find((step) => step.key === key)!;
    },
    async stepStatuses() {
      return Object.fromEntries((await current()).steps.map((step) => [step.key, step.status]));
    },
    command: (name, payload) =>
      handle.executeUpdate<CommandResult, [typeof payload]>(name, { args: [payload] }),
    async approve(by = 'own_approver') {
      await repositories.approvals.record({
        orgId,
        caseId,
        stepKey: 'purge-gate',
        approvedBy: by,
        atMs: Date.now(),
      });
      return departure.command('approveStep', { stepKey: 'purge-gate', actorId: by });
    },
    async setHold(on) {
      const now = (await repositories.people.get(orgId, person.id))!;
      const legalHold = { placedBy: 'own_legal', placedAtMs: Date.now(), reason: 'lawsuit' };
      await repositories.people.update(orgId, person.id, now.rev, { legalHold: on ? legalHold : undefined });
      await departure.command(on ? 'placeLegalHold' : 'liftLegalHold', { actorId: 'own_legal' });
    },
    async forwardTo(afterLeaveMs) {
      await departure.forwardBy(planned.leaveAtMs + afterLeaveMs - (await clockOf(engine, workflowId)));
    },
    forwardBy: (ms) => fastForward(temporal.connection, workflowId, ms),
    async until(what, timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const now = await current();
        if (what(now)) return now;
        if (Date.now() > deadline)
          throw new Error(`not reached: ${now.state} ${JSON.stringify(await departure.stepStatuses())}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    plan,
    async effects() {
      const all = await engine.directory.readEffects(orgId);
      return all
        .filter((effect) => effect.accountId === accountId && effect.effectKey.startsWith('eff:'))
        .map((effect) => effect.operation);
    },
  };
  return departure;
}

/** The workflow's clock, which is ahead of ours once it was moved. */
async function clockOf(engine: TestEngine, workflowId: string): Promise<number> {
  const { timeSkippingInfo } = await engine.temporal.connection.workflowService
    .describeWorkflowExecution({
      namespace: 'default',
      execution: { workflowId },
    })
    .then((described) => described.workflowExtendedInfo ?? {});
  const current = timeSkippingInfo?.currentTime;
  return current == null
    ? Date.now()
    : Number(current.seconds) * 1000 + Math.floor((current.nanos ?? 0) / 1_000_000);
}
