import type { CommandResult } from '../../shared/contract/commands.ts';
import type { CasePolicy } from '../../shared/contract/case.ts';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import type { AutoReplyRequest } from '../../shared/domain/departure.ts';
import { caseWorkflowId, effectId, openCaseClaimId } from '../../shared/domain/ids.ts';
import { LEAVE_PROCEDURE, type LeaveRequest } from '../../shared/domain/leave.ts';
import type { Person } from '../../shared/domain/person.ts';
import { planLeave, type LeavePlanInput } from '../../shared/domain/planner/plan-leave.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { REQUESTER } from './departure.ts';
import type { TestEngine } from './engine.ts';
import { addDays } from './local-days.ts';
import { createPeople, type PeopleOptions } from './people.ts';
import { startCase, startedKeysOf, type TestCase } from './test-case.ts';

/** One organisation with a manager and somebody who is on leave, from ten days ahead for twenty unless said otherwise. */
export interface TestLeave extends TestCase<'leave'> {
  readonly manager: Person;
  readonly returnAtMs: number | undefined;
  /** The token of a session that was open before. */
  readonly sessionToken: string;
  status(): Promise<string>;
  account(): ReturnType<TestEngine['directory']['getAccount']>;
  /** Moves the days as the API would. */
  move(to: Partial<LeavePlanInput>): Promise<CommandResult>;
  /** Ends it as the API would. */
  end(): Promise<CommandResult>;
  /** Somebody says that an item is done, as the API writes it. */
  attest(stepKey: string): Promise<CommandResult>;
  investigate(): Promise<void>;
}

export interface LeaveOptions extends PeopleOptions {
  readonly plan?: Partial<LeavePlanInput>;
  readonly policy?: CasePolicy;
  /** Of the same person, whose earlier case is over. */
  readonly of?: Pick<TestLeave, 'orgId' | 'person' | 'manager' | 'sessionToken'>;
  /** Called when the case is written and its workflow not yet started. */
  readonly beforeStart?: (of: Awaited<ReturnType<typeof createPeople>>) => Promise<void> | void;
}

const ZONE = 'Europe/Zurich';
const REPLY: AutoReplyRequest = {
  ...{ subject: 'Away', text: 'Back on {{returnDay}}. Ask Mona.', days: 20 },
  template: { subject: 'Away', text: 'Back on {{returnDay}}. Ask {{contact}}.' },
};

/** Reason `leave` with both days, unless `plan` says otherwise. */
function planInput(person: Person, plan: Partial<LeavePlanInput>): LeavePlanInput {
  const dated =
    plan.reason === 'suspicious' || plan.opensOnly === true
      ? {}
      : { firstDay: addDays(Date.now(), 10), returnDay: addDays(Date.now(), 30) };
  return {
    ...{ procedure: LEAVE_PROCEDURE, version: 1, nowMs: Date.now(), timeZone: ZONE, reason: 'leave' },
    ...{ time: '08:00', targets: person.accounts.map(({ target }) => target), noticePossible: true },
    givesAutoReply: plan.reason !== 'suspicious' && plan.opensOnly !== true,
    ...dated,
    ...plan,
  };
}

/** A leave without a first day, or without a day of return. */
export function without(...keys: readonly ('firstDay' | 'returnDay')[]): Partial<LeavePlanInput> {
  return Object.fromEntries(keys.map((key) => [key, undefined]));
}

async function newPeople(engine: TestEngine, options: LeaveOptions) {
  const people = await createPeople(engine, options);
  await options.beforeStart?.(people);
  const { signIn } = people;
  return { ...people, sessionToken: signIn.kind === 'signed_in' ? signIn.token : '' };
}

/** Writes the case as the API does, and starts nothing. */
export async function writeLeave(engine: TestEngine, options: LeaveOptions = {}) {
  const people = options.of ?? (await newPeople(engine, options));
  const { orgId, person, manager } = people;
  const input = planInput(person, options.plan ?? {});
  const record = recordOf(orgId, person, manager, input);
  const { claims, cases } = engine.repositories;
  await claims.take(openCaseClaimId(orgId, person.id), orgId, record.id, Date.now());
  await cases.insert(record);
  return { ...people, accountId: person.accounts[0]!.accountId, input, record };
}

export async function startLeave(engine: TestEngine, options: LeaveOptions = {}): Promise<TestLeave> {
  const { orgId, person, manager, sessionToken, input, record } = await writeLeave(engine, options);
  const { evidence } = engine.repositories;
  const started = await startCase(engine, { record, person }, options.policy);
  const { caseId, accountId } = started;

  const leave: TestLeave = {
    ...started,
    manager,
    returnAtMs: returnOf(record.plan),
    sessionToken,
    status: async () => (await engine.repositories.people.get(orgId, person.id))!.status,
    account: () => engine.directory.getAccount(orgId, accountId),
    async move(to) {
      const { plan, steps } = await leave.record();
      const previous = { plan, startedKeys: startedKeysOf(steps) };
      const moved = { ...input, ...to, nowMs: await leave.clock(), version: plan.version + 1, previous };
      return leave.command('reschedule', { actorId: 'own_hr', plan: planLeave(moved, localCalendar).plan });
    },
    async end() {
      const isOpen = (await leave.record()).plan.steps.some(({ key }) => key === 'end-leave');
      return isOpen ? leave.attest('end-leave') : leave.move({ endsNow: true });
    },
    async attest(stepKey) {
      const id = effectId(caseId, stepKey, 1);
      const kind = stepKey === 'end-leave' ? 'endLeave' : 'investigate';
      await evidence.intend({ id, orgId, caseId, personId: person.id, stepKey, round: 1, kind });
      const proof = { text: 'looked at', attestedBy: 'own_it' };
      await evidence.complete(orgId, id, { status: 'attested', occurredAtMs: Date.now(), proof });
      return leave.command('completeChecklistItem', { stepKey, actorId: 'own_it' });
    },
    async investigate() {
      for (const key of LEAVE_PROCEDURE.investigation) await leave.attest(key);
    },
  };
  return leave;
}

function returnOf({ steps }: CaseOf<'leave'>['plan']): number | undefined {
  const due = steps.find(({ kind }) => kind === 'enableAccount')?.due;
  return due?.kind === 'at' ? due.atMs : undefined;
}

function recordOf(orgId: string, person: Person, manager: Person, input: LeavePlanInput): CaseOf<'leave'> {
  const caseId = newId('cas');
  const { reason, firstDay, returnDay, time, timeZone, opensOnly } = input;
  const { text, template } = REPLY;
  const open = {
    text: text.replace('Back on {{returnDay}}. ', ''),
    template: { ...template!, text: 'Ask {{contact}}.' },
  };
  const request: LeaveRequest = {
    ...{ personId: person.id, reason, time, timeZone },
    ...(firstDay === undefined ? {} : { firstDay }),
    ...(returnDay === undefined ? {} : { returnDay }),
    ...(opensOnly === undefined ? {} : { opensOnly }),
    ...(input.givesAutoReply
      ? { contactPersonId: manager.id, autoReply: returnDay === undefined ? { ...REPLY, ...open } : REPLY }
      : {}),
  };
  return {
    ...{ id: caseId, orgId, rev: 0, kind: 'leave', personId: person.id, generation: 1, request },
    ...{ requestedBy: REQUESTER, requestedAtMs: Date.now(), engine: 'requested' },
    workflowId: caseWorkflowId('leave', orgId, caseId),
    ...{ state: 'scheduled', needsAttention: false, steps: [], sequence: 0 },
    plan: planLeave(input, localCalendar).plan,
  };
}
