import { expect } from '@jest/globals';
import { ALL_SCOPES } from '../../api/http/scopes.ts';
import { newApiKey } from '../../api/keys/new-api-key.ts';
import type { CaseNews } from '../../shared/domain/case/case-event.ts';
import { addressClaimId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { PersonAction } from '../../shared/domain/people/person-actions.ts';
import type { Person } from '../../shared/domain/person.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { PersonChanges } from '../../shared/platform/persistence/person-repository.ts';
import { createTestPerson, startTestApi, type Json, type Reply } from './test-api.ts';

const DAY = 86_400_000;
/** Made when the store was not thought of. */
const OLD_CASE_ID = 'cas_01ARZ3NDEKTSV4RRFFQ69G5FAV';

const fresh = (): string => `a${newId('per').slice(-12).toLowerCase()}@harbour.example`;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
}

/** How an action is asked for, with nothing wrong but the person it is asked of. */
const REQUESTS: Readonly<Record<PersonAction, (person: Person) => Asked>> = {
  updatePerson: ({ id }) => ofPerson('PATCH', id, '', { lastName: 'Noether' }),
  changeAddress: ({ id }) => ofPerson('PATCH', id, '', { address: fresh() }),
  setPersonPassword: ({ id }) => ofPerson('PUT', id, '/password', {}),
  giveSetupLink: ({ id }) => ofPerson('POST', id, '/setup-link', {}),
  requestWelcome: ({ id }) => ofPerson('POST', id, '/welcome', { to: 'private@elsewhere.example' }),
  promote: ({ id }) => ofPerson('PUT', id, '/role', { role: 'administrator', confirm: true }),
  demote: ({ id }) => ofPerson('PUT', id, '/role', { role: 'user' }),
  addAlias: ({ id }) => ofPerson('POST', id, '/aliases', { alias: fresh() }),
  removeAlias: ({ id, aliases }) => ({
    ...{ method: 'DELETE', path: `/v1/people/${id}/aliases/${encodeURIComponent(aliases[0] ?? fresh())}` },
  }),
  setQuota: ({ id, quotaBytes }) => ofPerson('PUT', id, '/quota', { quotaBytes: quotaBytes + 1 }),
  createApiKey: ({ id: personId }) => ({
    ...{ method: 'POST', path: '/v1/api-keys' },
    body: { ownerName: 'X', personId, scopes: ['people:read'] },
  }),
  simulateLeave: ({ id }) => asked('POST', '/v1/leaves/simulation', { personId: id, reason: 'leave' }),
  simulateSuspicious: ({ id }) =>
    asked('POST', '/v1/leaves/simulation', { personId: id, reason: 'suspicious' }),
  requestLeave: ({ id }) => asked('POST', '/v1/leaves', { personId: id, reason: 'leave' }),
  disablePerson: ({ id }) => ofPerson('POST', id, '/disable', { reason: 'leave' }),
  disableSuspicious: ({ id }) => ofPerson('POST', id, '/disable', { reason: 'suspicious' }),
  enablePerson: ({ id }) => ofPerson('POST', id, '/enable', { reason: 'back' }),
  simulateRoleChange: ({ id }) => asked('POST', '/v1/role-changes/simulation', roleChangeOf(id)),
  requestRoleChange: ({ id }) => asked('POST', '/v1/role-changes', roleChangeOf(id)),
  simulateDeletion: (person) => asked('POST', '/v1/deletions/simulation', deletionOf(person)),
  requestDeletion: (person) => asked('POST', '/v1/deletions', deletionOf(person)),
  simulateDeparture: ({ id }) => ({
    ...{ method: 'POST', path: '/v1/departures/simulation', body: departureOf(id) },
  }),
  requestDeparture: ({ id }) => ({ method: 'POST', path: '/v1/departures', body: departureOf(id) }),
  rehirePerson: ({ id }) => ofPerson('POST', id, '/rehire', { reason: 'back' }),
  placePersonHold: ({ id }) => ofPerson('PUT', id, '/legal-hold', { reason: 'x' }),
  liftPersonHold: ({ id }) => ofPerson('DELETE', id, '/legal-hold', { reason: 'x' }),
};

const asked = (method: string, path: string, body: Json): Asked => ({ method, path, body });

const roleChangeOf = (personId: string): Json => ({ personId, to: 'sales', date: '2027-01-11' });

const deletionOf = ({ id, firstName, lastName }: Person): Json => ({
  ...{ personId: id, reason: 'a twin', typedName: [firstName, lastName].join(' ') },
});

const ofPerson = (method: string, id: string, path: string, body: Json): Asked => ({
  ...{ method, path: `/v1/people/${id}${path}`, body },
});

const departureOf = (personId: string): Json => ({
  ...{ personId, lastDay: '2027-03-31', reason: 'moves on', autoReply: { enabled: false } },
});

export const CALLERS = ['everything', 'people', 'departures', 'cases', 'reader', 'self'] as const;
export type CallerName = (typeof CALLERS)[number];

interface Said {
  readonly available: boolean;
  readonly code?: string;
  readonly scope?: string;
  readonly reason?: string;
}

/** Three people, of whom the first two are administrators and the first has a key, and callers who may do more or less. */
export async function startSmallCompany() {
  const api = await startTestApi();
  const { orgId, repositories, clock } = api;
  const { people, claims, cases } = repositories;
  const administrator = { accountRole: 'administrator' };
  const ids = [
    await createTestPerson(api, administrator),
    await createTestPerson(api, administrator),
    await createTestPerson(api),
  ];
  const self = newApiKey({
    ...{ orgId, ownerId: newId('own'), ownerName: 'Self', personId: ids[0]! },
    ...{ scopes: ALL_SCOPES, createdAtMs: clock.nowMs },
  });
  await repositories.apiKeys.insert(self.key);
  const keys: Readonly<Record<CallerName, string>> = {
    everything: api.key,
    people: await api.keyWith(['people:*']),
    departures: await api.keyWith(['people:read', 'departures:*']),
    cases: await api.keyWith(['people:*', 'cases:*']),
    reader: await api.keyWith(['people:read']),
    self: self.text,
  };
  await api.request('PUT', '/v1/templates/sales', { groups: ['sales'], lists: [] });
  const personOf = async (index: number): Promise<Person> => (await people.get(orgId, ids[index]!))!;

  async function change(index: number, decide: (person: Person) => PersonChanges): Promise<void> {
    const person = await personOf(index);
    await people.update(orgId, person.id, person.rev, decide(person));
  }

  const claimIdOf = (index: number): string => openCaseClaimId(orgId, ids[index]!);
  async function openCaseOf(index: number) {
    const claim = await claims.get(claimIdOf(index), orgId);
    return claim && cases.get(orgId, claim.holderId);
  }

  /** Something happens to the open case of somebody, where there is one. */
  async function happens(index: number, news: (plan: Step[]) => CaseNews | undefined): Promise<void> {
    const record = await openCaseOf(index);
    const event = record && news([...record.plan.steps]);
    if (event === undefined || record === undefined || record.closedAtMs !== undefined) return;
    await api.engine.tell(record.workflowId, { ...event, atMs: clock.nowMs });
  }

  /** What a workflow does at its end. */
  async function closes(index: number): Promise<void> {
    await happens(index, () => ({ kind: 'closed' }));
    const record = await openCaseOf(index);
    if (record !== undefined) await claims.release(claimIdOf(index), orgId, record.id);
  }

  /** A cancelled case closes at once; nothing of it can be seen in between. */
  async function closesIfCancelled(index: number): Promise<void> {
    const record = await openCaseOf(index);
    if (record !== undefined && api.engine.progressOf(record.workflowId)?.cancelled === true)
      await closes(index);
  }

  async function losesAccounts(index: number): Promise<void> {
    const { accounts } = await personOf(index);
    const call = { effectKey: newId('key'), asOfMs: clock.nowMs };
    for (const { accountId } of accounts) await api.directory.deleteAccount(orgId, accountId, 0, call);
    await change(index, () => ({ accounts: [] }));
  }

  async function departs(index: number): Promise<void> {
    const { id, address } = await personOf(index);
    await losesAccounts(index);
    await claims.quarantine(addressClaimId(orgId, address), orgId, id, clock.nowMs + DAY);
    await change(index, () => ({ status: 'departed' }));
  }

  /** Of somebody who has departed: a year later the address is somebody else's, or was theirs for a while. */
  async function losesAddress(index: number, how: 'held' | 'quarantined'): Promise<void> {
    const { address, status } = await personOf(index);
    if (status !== 'departed') return;
    clock.nowMs += 2 * DAY;
    const claimId = addressClaimId(orgId, address);
    const holderId = newId('per');
    const taken = await claims.take(claimId, orgId, holderId, clock.nowMs);
    if (how === 'quarantined' && taken.kind !== 'held')
      await claims.quarantine(claimId, orgId, holderId, clock.nowMs + DAY);
  }

  const events = {
    isProtected: (index: number) => change(index, (person) => ({ protected: !person.protected })),
    changesRole: (index: number) =>
      change(index, ({ accountRole }) => ({
        accountRole: accountRole === 'user' ? 'administrator' : 'user',
      })),
    isAway: (index: number) =>
      change(index, ({ status }) => ({ status: status === 'departed' ? status : 'disabled' })),
    hasManyAliases: (index: number) => change(index, () => ({ aliases: Array.from({ length: 50 }, fresh) })),
    isPostmaster: (index: number) => change(index, () => ({ aliases: ['postmaster@harbour.example'] })),
    isAwayForGood: async (index: number) => {
      await happens(index, (steps) => started(steps, (step) => step.kind === 'disableAccount'));
      await change(index, ({ status }) => ({ status: status === 'departed' ? status : 'disabled' }));
    },
    isInvestigated: async (index: number) => {
      const steps = (await openCaseOf(index))?.plan.steps ?? [];
      for (const { key, kind } of steps)
        if (kind === 'investigate')
          await happens(index, () => ({ kind: 'attested', key, actorId: api.ownerId }));
    },
    comesBack: (index: number) =>
      happens(index, (steps) => started(steps, (step) => step.kind === 'enableAccount')),
    isLeaving: (index: number) =>
      change(index, ({ status }) => ({ status: status === 'departed' ? status : 'leaving' })),
    losesAccounts,
    beginsToLeave: (index: number) => happens(index, (steps) => started(steps, (step) => step.reversible)),
    isBeingDeleted: (index: number) => happens(index, (steps) => started(steps, (step) => step.destructive)),
    caseEnds: (index: number) => happens(index, () => ({ kind: 'closed' })),
    caseCloses: closes,
    departs,
    addressIsTaken: (index: number) => losesAddress(index, 'held'),
    addressRests: (index: number) => losesAddress(index, 'quarantined'),
    requestDies: async (index: number) => {
      await claims.take(claimIdOf(index), orgId, OLD_CASE_ID, clock.nowMs);
    },
    isBeingAskedFor: async (index: number) => {
      await claims.take(claimIdOf(index), orgId, newId('cas'), clock.nowMs);
    },
  };

  /** What a caller reads that they may do. The page and the person say the same. */
  async function said(caller: CallerName, index: number): Promise<Readonly<Record<string, Said>>> {
    const key = keys[caller];
    const one = await api.request('GET', `/v1/people/${ids[index]!}`, undefined, { key });
    const page = await api.request('GET', '/v1/people?limit=200', undefined, { key });
    const listed = (page.body['items'] as readonly Json[]).find(({ id }) => id === ids[index]);
    expect(listed).toEqual(one.body);
    return one.body['actions'] as Readonly<Record<string, Said>>;
  }

  /** Does it, and holds the outcome to what was said before. Gives the code of the refusal. */
  async function tries(caller: CallerName, index: number, action: PersonAction): Promise<string | undefined> {
    const expected = (await said(caller, index))[action]!;
    const { method, path, body } = REQUESTS[action](await personOf(index));
    const idempotencyKey = action.startsWith('simulate') ? {} : { idempotencyKey: newId('key') };
    const reply = await api.request(method, path, body, { key: keys[caller], ...idempotencyKey });
    expect({ action, ...outcomeOf(reply) }).toEqual({ action, ...expected });
    await closesIfCancelled(index);
    return expected.code;
  }

  return { api, ids, events, said, tries, close: () => api.close() };
}

export type SmallCompany = Awaited<ReturnType<typeof startSmallCompany>>;
export type CompanyEvent = keyof SmallCompany['events'];

/** An answer in the words of a list. */
function outcomeOf({ status, body }: Reply): Said {
  if (status < 300) return { available: true };
  const { code, title, detail } = body;
  const scope = /scope (?<scope>[a-z:]+)\./u.exec(String(detail))?.groups?.['scope'];
  const missing = code === 'SCOPE_MISSING' && scope !== undefined ? { scope } : {};
  return { available: false, code: String(code), ...missing, reason: String(title) };
}

interface Step {
  readonly key: string;
  readonly kind: string;
  readonly reversible: boolean;
  readonly destructive: boolean;
}

function started(steps: readonly Step[], which: (step: Step) => boolean): CaseNews | undefined {
  const key = steps.find(which)?.key;
  return key === undefined ? undefined : { kind: 'stepStarted', key, round: 1 };
}
