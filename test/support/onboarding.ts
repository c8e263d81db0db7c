import type { CasePolicy } from '../../shared/contract/case.ts';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import {
  addressClaimId,
  caseWorkflowId,
  externalIdClaimId,
  openCaseClaimId,
} from '../../shared/domain/ids.ts';
import type { OnboardingRequest } from '../../shared/domain/onboarding.ts';
import { FIRST_TARGET, type Person } from '../../shared/domain/person.ts';
import { ONBOARDING_PROCEDURE } from '../../shared/domain/planner/onboarding-procedure.ts';
import type { OnboardingPlanInput } from '../../shared/domain/planner/onboarding/plan-input.ts';
import { planOnboarding } from '../../shared/domain/planner/plan-onboarding.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { BRANCH } from './branch.ts';
import type { TestEngine } from './engine.ts';
import { addDays } from './local-days.ts';
import { createPeople } from './people.ts';
import { startCase, type TestCase } from './test-case.ts';

export const FIRST_DAY_IN = 10;
const REQUESTER = 'own_requester';

export interface OnboardingOptions {
  readonly plan?: Partial<OnboardingPlanInput>;
  readonly request?: Partial<OnboardingRequest>;
  readonly policy?: CasePolicy;
  /** An account on the second target as well. */
  readonly onBranch?: boolean;
  readonly person?: Partial<Person>;
}

/** One organisation with a manager and somebody who comes. */
export interface TestOnboarding extends TestCase<'onboarding'> {
  readonly manager: Person;
  plan(overrides: Partial<OnboardingPlanInput>): ReturnType<typeof planOnboarding>;
  /** The person as written now. */
  entry(): Promise<Person>;
  /** The account on a target as it stands now. */
  account(target?: string): ReturnType<TestEngine['directory']['getAccount']>;
  /** Who has a name, and whether it rests. */
  nameState(): Promise<string>;
  /** Sets a password by the link of the last mail that holds one, as the page would. */
  useLink(password: string): Promise<void>;
}

/** Writes the person and the case as the API does, and starts nothing. */
export async function writeOnboarding(engine: TestEngine, options: OnboardingOptions = {}) {
  const { repositories } = engine;
  const { orgId, manager } = await createPeople(engine);
  const targets = options.onBranch === true ? [FIRST_TARGET, BRANCH] : [FIRST_TARGET];
  const person = await writeNewcomer(engine, orgId, { manager, targets, ...options.person });
  const when = {
    firstDay: addDays(Date.now(), FIRST_DAY_IN),
    startTime: '08:00',
    timeZone: 'Europe/Zurich',
    createDaysBefore: 7,
  };
  const base: OnboardingPlanInput = {
    ...{ ...when, targets, procedure: ONBOARDING_PROCEDURE, version: 1, nowMs: Date.now() },
    ...{ hasMemberships: true, noticePossible: true },
  };
  const plan = (overrides: Partial<OnboardingPlanInput>) =>
    planOnboarding({ ...base, ...options.plan, ...overrides }, localCalendar);
  const caseId = newId('cas');
  const record: CaseOf<'onboarding'> = {
    ...{ id: caseId, orgId, rev: 0, kind: 'onboarding', personId: person.id, generation: 1 },
    ...{ requestedBy: REQUESTER, requestedAtMs: Date.now(), engine: 'requested' },
    request: {
      ...{ ...when, personId: person.id, groups: ['sales'], lists: ['all'] },
      credentials: { kind: 'setup_link' },
      ...options.request,
    },
    ...{ workflowId: caseWorkflowId('onboarding', orgId, caseId), state: 'scheduled', needsAttention: false },
    ...{ plan: plan({}).plan, steps: [], sequence: 0 },
  };
  await repositories.claims.take(openCaseClaimId(orgId, person.id), orgId, caseId, Date.now());
  await repositories.cases.insert(record);
  return { orgId, person, accountId: person.accounts[0]!.accountId, manager, record, plan };
}

/** The same, and starts it. */
export async function startOnboarding(
  engine: TestEngine,
  options: OnboardingOptions = {},
): Promise<TestOnboarding> {
  const { repositories } = engine;
  const { orgId, person, accountId, manager, record, plan } = await writeOnboarding(engine, options);
  const started = await startCase(engine, { record, person }, options.policy);
  const directoryOf = (target: string) => (target === BRANCH ? engine.branch : engine.directory);

  return {
    ...{ ...started, manager, plan },
    entry: async () => (await repositories.people.get(orgId, person.id))!,
    account: (target = FIRST_TARGET) => directoryOf(target).getAccount(orgId, accountId),
    async nameState() {
      const claim = await repositories.claims.get(addressClaimId(orgId, person.address), orgId);
      if (claim === undefined) return 'free';
      return claim.holderId === person.id ? claim.state : 'of somebody else';
    },
    async useLink(password) {
      const [link] = await repositories.setupLinks.listOpen(orgId, person.id, await started.clock());
      await repositories.setupLinks.use(link!, await started.clock());
      for (const ref of person.accounts) {
        const call = { effectKey: 'setup:test', asOfMs: await started.clock() };
        await directoryOf(ref.target).setPassword(orgId, ref.accountId, password, call);
      }
    },
  };
}

async function writeNewcomer(
  { repositories }: TestEngine,
  orgId: string,
  {
    manager,
    targets,
    ...own
  }: Partial<Person> & { readonly manager: Person; readonly targets: readonly string[] },
): Promise<Person> {
  const id = newId('per');
  const accountId = id.replace(/^per_/u, 'acc_');
  const local = id.slice(-10).toLowerCase();
  const person: Person = {
    ...{ id, orgId, rev: 0, generation: 1, status: 'joining', firstName: 'Nina', lastName: 'New' },
    ...{ externalId: local, address: `${local}@example.test`, aliases: [`n.${local}@example.test`] },
    ...{ domain: 'example.test', accountRole: 'user', quotaBytes: 10_000_000, groups: ['sales'] },
    ...{ managerId: manager.id, privateContact: 'nina@home.test', protected: false },
    accounts: targets.map((target) => ({ target, accountId })),
    createdAtMs: Date.now(),
    ...own,
  };
  const { claims, people } = repositories;
  for (const address of [person.address, ...person.aliases])
    await claims.take(addressClaimId(orgId, address), orgId, id, Date.now());
  if (person.externalId !== undefined)
    await claims.take(externalIdClaimId(orgId, person.externalId), orgId, id, Date.now());
  await people.insert(person);
  return person;
}
