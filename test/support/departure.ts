import type { CommandResult } from '../../shared/contract/commands.ts';
import type { CasePolicy } from '../../shared/contract/case.ts';
import type { CaseOf, CaseRecord } from '../../shared/domain/case-record.ts';
import type { Handover } from '../../shared/domain/handover.ts';
import { caseWorkflowId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { AutoReplyRequest, RedirectRequest } from '../../shared/domain/departure.ts';
import type { Person } from '../../shared/domain/person.ts';
import { DEPARTURE_PROCEDURE } from '../../shared/domain/planner/departure-procedure.ts';
import { planDeparture, type DeparturePlanInput } from '../../shared/domain/planner/plan-departure.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { TestEngine } from './engine.ts';
import { addBelongings, handoverTo, plannedHandover } from './handover.ts';
import { addDays } from './local-days.ts';
import { createPeople, type PeopleOptions } from './people.ts';
import { startCase, type TestCase } from './test-case.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export { PASSWORD } from './people.ts';
export { rejectionOf } from './test-case.ts';
export const REQUESTER = 'own_requester';
export const APPROVER = 'own_approver';

/** One organisation with a manager and a leaver, and the leaver's departure. */
export interface TestDeparture extends TestCase<'departure'> {
  readonly manager: Person;
  /** Records the approval as the API would, and tells the case. */
  approve(by?: string, stepKey?: string): Promise<CommandResult>;
  /** What the API writes of a hold, without telling the case. */
  writeHold(on: boolean): Promise<void>;
  setHold(on: boolean): Promise<void>;
  plan(overrides: Partial<DeparturePlanInput>): ReturnType<typeof planDeparture>;
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
  /** Of somebody who is there already, whose earlier case is over. */
  readonly of?: Pick<TestDeparture, 'orgId' | 'person' | 'manager' | 'accountId'>;
  /** Called when the case is written and its workflow not yet started. */
  readonly beforeStart?: (orgId: string) => void;
}

/** Writes the case as the API does, and starts nothing. */
export async function writeDeparture(engine: TestEngine, options: DepartureOptions = {}) {
  const people = options.of ?? (await createPeople(engine, options));
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
  const { orgId, person, manager, record, plan } = await writeDeparture(engine, options);
  const { repositories } = engine;
  options.beforeStart?.(orgId);
  const started = await startCase(engine, { record, person }, options.policy);
  const { caseId, accountId } = started;

  const departure: TestDeparture = {
    ...started,
    manager,
    async approve(by = APPROVER, stepKey = 'purge-gate') {
      await repositories.approvals.record({ orgId, caseId, stepKey, approvedBy: by, atMs: Date.now() });
      return departure.command('approveStep', { stepKey, actorId: by });
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
    plan,
    accountExists: async () => (await engine.directory.getAccount(orgId, accountId)) !== undefined,
  };
  return departure;
}

export function statusOf(record: CaseRecord, key: string): string | undefined {
  return record.steps.find((step) => step.key === key)?.status;
}
