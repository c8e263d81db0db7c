import type { CasePolicy } from '../../shared/contract/case.ts';
import type { CommandResult } from '../../shared/contract/commands.ts';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import { caseWorkflowId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { planRoleChange } from '../../shared/domain/planner/plan-role-change.ts';
import type { RoleChangePlanInput } from '../../shared/domain/planner/role-change/plan-input.ts';
import { ROLE_CHANGE_PROCEDURE } from '../../shared/domain/planner/role-change-procedure.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { REQUESTER } from './departure.ts';
import type { TestEngine } from './engine.ts';
import { addDays } from './local-days.ts';
import { createPeople, createPerson, type PeopleOptions } from './people.ts';
import { startCase, startedKeysOf, type TestCase } from './test-case.ts';

/**
 * Lea of the groups `staff` and `board` and the list `news` gets `crm` and `orders`, keeps `staff`, and ends in `board` and
 * `news`; another manager and department, and twice the quota. In ten days, unless said otherwise.
 */
export interface TestRoleChange extends TestCase<'role_change'> {
  readonly manager: Person;
  readonly newManager: Person;
  /** When the old rights end, as it was asked for at first. */
  readonly endsAfterMs: number;
  account(): Promise<Account>;
  entry(): Promise<Person>;
  /** Plans anew as the API would. */
  move(to: Partial<RoleChangePlanInput>): Promise<CommandResult>;
  /** Somebody puts the account into these groups by hand. */
  setGroupsByHand(groups: readonly string[]): Promise<void>;
}
type Account = NonNullable<Awaited<ReturnType<TestEngine['directory']['getAccount']>>>;

export interface RoleChangeOptions extends PeopleOptions {
  readonly request?: Partial<RoleChangeRequest>;
  readonly plan?: Partial<RoleChangePlanInput>;
  readonly policy?: CasePolicy;
}

const ZONE = 'Europe/Zurich';

export async function writeRoleChange(engine: TestEngine, options: RoleChangeOptions = {}) {
  const people = await createPeople(engine, { administrator: false, ...options });
  const { orgId, person } = people;
  // As an account of these groups is made.
  await engine.repositories.people.update(orgId, person.id, person.rev, { groups: ['staff', 'board'] });
  const nina = { firstName: 'Nina', lastName: 'Newboss', role: 'user' } as const;
  const newManager = await createPerson(engine, orgId, nina);
  const asked: RoleChangeRequest = {
    ...{ personId: person.id, to: 'sales', from: 'support', timeZone: ZONE, time: '08:00' },
    ...{ date: addDays(Date.now(), 10), overlapDays: 14 },
    adds: { groups: ['crm'], lists: ['orders'] },
    removes: { groups: ['board'], lists: ['news'] },
    ...{ quotaBytes: 20_000_000, managerId: newManager.id, department: 'Sales' },
    ...options.request,
  };
  const { date, time, timeZone, overlapDays, accountRole } = asked;
  const input: RoleChangePlanInput = {
    ...{ procedure: ROLE_CHANGE_PROCEDURE, version: 1, nowMs: Date.now(), date, time, timeZone, overlapDays },
    targets: person.accounts.map(({ target }) => target),
    ...{ gives: true, takes: true, noticePossible: true },
    ...(accountRole === undefined ? {} : { role: accountRole === 'user' ? 'demoted' : 'promoted' }),
    ...options.plan,
  };
  const caseId = newId('cas');
  const record: CaseOf<'role_change'> = {
    ...{ id: caseId, orgId, rev: 0, kind: 'role_change', personId: person.id, generation: 1 },
    request: asked,
    ...{ requestedBy: REQUESTER, requestedAtMs: Date.now(), engine: 'requested' },
    workflowId: caseWorkflowId('role_change', orgId, caseId),
    ...{ state: 'scheduled', needsAttention: false, steps: [], sequence: 0 },
    plan: planRoleChange(input, localCalendar).plan,
  };
  const { claims, cases } = engine.repositories;
  await claims.take(openCaseClaimId(orgId, person.id), orgId, caseId, Date.now());
  await cases.insert(record);
  return { ...people, newManager, record, input };
}

export async function startRoleChange(
  engine: TestEngine,
  options: RoleChangeOptions = {},
): Promise<TestRoleChange> {
  const { orgId, person, accountId, manager, newManager, record, input } = await writeRoleChange(
    engine,
    options,
  );
  const started = await startCase(engine, { record, person }, options.policy);
  const { endsAtMs } = planRoleChange(input, localCalendar);
  const roleChange: TestRoleChange = {
    ...started,
    ...{ manager, newManager, endsAfterMs: endsAtMs - record.plan.leaveAtMs },
    account: async () => (await engine.directory.getAccount(orgId, accountId))!,
    entry: async () => (await engine.repositories.people.get(orgId, person.id))!,
    async move(to) {
      const { plan, steps } = await roleChange.record();
      const previous = { plan, startedKeys: startedKeysOf(steps) };
      const moved = { ...input, ...to, nowMs: await roleChange.clock(), version: plan.version + 1, previous };
      return roleChange.command('reschedule', {
        actorId: 'own_hr',
        plan: planRoleChange(moved, localCalendar).plan,
      });
    },
    async setGroupsByHand(groups) {
      const { lists } = await roleChange.account();
      await engine.directory.setMemberships(orgId, accountId, { groups, lists });
    },
  };
  return roleChange;
}
