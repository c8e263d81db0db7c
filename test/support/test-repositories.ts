import { randomUUID } from 'node:crypto';
import {
  createRepositories,
  ensureIndexes,
  type Repositories,
} from '../../shared/platform/persistence/create-repositories.ts';
import { connectDatabase, type Database } from '../../shared/platform/persistence/connect.ts';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import { caseWorkflowId } from '../../shared/domain/ids.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { DEPARTURE_PROCEDURE } from '../../shared/domain/planner/departure-procedure.ts';
import { planDeparture } from '../../shared/domain/planner/plan-departure.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { testVariable } from './test-variable.ts';

export interface TestRepositories extends Repositories {
  readonly database: Database;
  close(): Promise<void>;
}

/** Repositories on the store of this run. Several of them are several connections. */
export async function openTestRepositories(
  uri = testVariable('GANGWAY_TEST_MONGODB_URI'),
): Promise<TestRepositories> {
  const database = await connectDatabase(uri);
  const repositories = createRepositories(database);
  await ensureIndexes(repositories);
  return { ...repositories, database, close: () => database.close() };
}

/** Every test works in an organisation of its own. */
export function freshOrgId(): string {
  return `org_${randomUUID()}`;
}

export function anOrganisation(id: string, overrides: Partial<Organisation> = {}): Organisation {
  return {
    id,
    rev: 0,
    name: 'Harbour Ltd',
    domains: ['harbour.example'],
    timeZone: 'Europe/Zurich',
    country: 'CH',
    locale: 'en',
    leaveTime: '17:30',
    guardLimits: { floor: 2, sharePercent: 20, ceiling: 10 },
    quarantineMonths: 12,
    notificationAddresses: ['ops@harbour.example'],
    ...overrides,
  };
}

export function aPerson(orgId: string, overrides: Partial<Person> = {}): Person {
  const id = overrides.id ?? newId('per');
  return {
    id,
    orgId,
    rev: 0,
    generation: 1,
    status: 'active',
    firstName: 'Ada',
    lastName: 'Byron',
    address: `${id.toLowerCase()}@harbour.example`,
    aliases: [],
    domain: 'harbour.example',
    accountRole: 'user',
    quotaBytes: 1_000_000,
    groups: [],
    protected: false,
    accounts: [],
    createdAtMs: 1_700_000_000_000,
    ...overrides,
  };
}

export function aCase(orgId: string, overrides: Partial<CaseOf<'departure'>> = {}): CaseOf<'departure'> {
  const id = overrides.id ?? newId('cas');
  const { plan } = planDeparture(
    {
      procedure: DEPARTURE_PROCEDURE,
      version: 1,
      nowMs: 1_700_000_000_000,
      timeZone: 'Europe/Zurich',
      lastDay: '2024-03-28',
      leaveTime: '17:30',
      urgent: false,
      targets: ['directory'],
      noticePossible: true,
    },
    localCalendar,
  );
  return {
    id,
    orgId,
    rev: 0,
    kind: 'departure',
    personId: newId('per'),
    generation: 1,
    requestedBy: newId('own'),
    requestedAtMs: 1_700_000_000_000,
    request: {
      personId: 'per_x',
      lastDay: '2024-03-28',
      leaveTime: '17:30',
      timeZone: 'Europe/Zurich',
      urgent: false,
      reason: 'moves on',
    },
    engine: 'requested',
    workflowId: caseWorkflowId('departure', orgId, id),
    state: 'scheduled',
    needsAttention: false,
    plan,
    steps: [],
    sequence: 0,
    ...overrides,
  };
}
