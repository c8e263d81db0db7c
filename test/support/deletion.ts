import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { CaseOf, StepView } from '../../shared/domain/case-record.ts';
import { asDeletion } from './as-departure.ts';
import { aDeletion } from './deletion-requests.ts';
import { startTestEngine, type TestEngine } from './engine.ts';
import { fastForward, workflowClock } from './fast-forward.ts';
import { addBelongings } from './handover.ts';
import { FEW_TRIES } from './policies.ts';
import { createTestPerson, startTestApi, type Json, type Reply, type TestApi } from './test-api.ts';

/** The real engine behind the real API: what people do is done over HTTP. */
export interface DeletingCompany {
  readonly engine: TestEngine;
  readonly api: TestApi;
  /** Whoever receives: the manager of everybody. */
  readonly managerId: string;
  /** Somebody with an alias, mail, rules, a forward, groups and belongings, whose deletion was asked for. */
  deletion(fields?: Json): Promise<TestDeletion>;
  stop(): Promise<void>;
}

export interface TestDeletion {
  readonly caseId: string;
  readonly workflowId: string;
  readonly personId: string;
  readonly accountId: string;
  readonly heirAccountId: string;
  readonly address: string;
  readonly alias: string;
  /** The account as it was before the deletion was asked for. */
  readonly before: unknown;
  /** What of the account, and of what it owns, has to come back. */
  state(): Promise<unknown>;
  record(): Promise<CaseOf<'deletion'>>;
  step(key: string): Promise<StepView>;
  decide(body: Json): Promise<Reply>;
  attest(key: string): Promise<Reply>;
  /** By a second owner, who types the name. */
  approve(): Promise<Reply>;
  restore(): Promise<Reply>;
  retry(key: string): Promise<Reply>;
  setHold(on: boolean): Promise<void>;
  deliver(subject: string): Promise<void>;
  /** Moves the case's clock to this many milliseconds after the lock. */
  forwardTo(afterLockMs: number): Promise<void>;
  until(what: (record: CaseOf<'deletion'>) => boolean, timeoutMs?: number): Promise<CaseOf<'deletion'>>;
}

export async function openDeletingCompany(): Promise<DeletingCompany> {
  const engine = await startTestEngine();
  const { temporal, queues } = engine;
  const realEngine = createCaseEngine(temporal.realTimeClient, { queues, policy: FEW_TRIES });
  const api = await startTestApi({ realEngine, organisation: { country: 'FR' } });
  const managerId = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
  return {
    ...{ engine, api, managerId },
    deletion: (fields) => startDeletion({ engine, api, managerId }, fields),
    async stop() {
      await api.close();
      await engine.stop();
    },
  };
}

type Company = Pick<DeletingCompany, 'engine' | 'api' | 'managerId'>;

async function startDeletion({ engine, api, managerId }: Company, fields: Json = {}): Promise<TestDeletion> {
  const { orgId, repositories, directory } = api;
  const name = newId('per').slice(-10).toLowerCase();
  const alias = `also.${name}@harbour.example`;
  const personId = await createTestPerson(api, { managerId, aliases: [alias] });
  const { accounts, address } = (await repositories.people.get(orgId, personId))!;
  const accountId = accounts[0]!.accountId;
  const heirAccountId = (await repositories.people.get(orgId, managerId))!.accounts[0]!.accountId;
  await addBelongings(directory, orgId, accountId, personId);
  await directory.addForward(orgId, accountId, { to: 'ada@home.test', keepCopy: true });
  await directory.addRule(orgId, accountId, { name: 'lists', action: 'move:Lists' });
  await directory.setMemberships(orgId, accountId, { groups: ['staff', 'board'], lists: ['news'] });
  const deliver = async (subject: string): Promise<void> => {
    const mail = { from: 'sender@outside.test', subject, text: 'Text' };
    const delivered = await directory.deliver(orgId, { to: address, ...mail });
    if (delivered.kind !== 'stored') throw new Error(`not delivered: ${delivered.kind}`);
  };
  await deliver('Mail 1');

  async function state() {
    const account = (await directory.getAccount(orgId, accountId))!;
    const { status, role, groups, lists, aliases, quotaBytes, forwards, rules, redirect } = account;
    return {
      ...{
        address: account.address,
        status,
        role,
        groups,
        lists,
        aliases,
        quotaBytes,
        forwards,
        rules,
        redirect,
      },
      found: [
        (await directory.findByAddress(orgId, address))?.id,
        (await directory.findByAddress(orgId, alias))?.id,
      ],
      files: await directory.listFiles(orgId, accountId),
      calendars: await directory.listCalendars(orgId, accountId),
      meetings: await directory.listMeetings(orgId, accountId),
    };
  }
  const before = await state();
  const asked = await api.request('POST', '/v1/deletions', aDeletion(personId, fields));
  if (asked.status !== 202) throw new Error(`not taken: ${JSON.stringify(asked.body)}`);
  const caseId = String(asked.body['id']);
  const workflowId = `deletion:${orgId}:${caseId}`;
  const second = await api.keyWith(['approvals:write']);
  const record = async () => asDeletion(await repositories.cases.get(orgId, caseId));
  const send = (path: string, body: Json = {}, key = api.key) =>
    api.request('POST', path, body, { key, idempotencyKey: newId('key') });
  const ofCase = `/v1/cases/${caseId}`;

  const deletion: TestDeletion = {
    ...{
      caseId,
      workflowId,
      personId,
      accountId,
      heirAccountId,
      address,
      alias,
      before,
      state,
      record,
      deliver,
    },
    step: async (key) => (await record()).steps.find((step) => step.key === key)!,
    decide: (body) => send(`/v1/deletions/${caseId}/decisions`, body),
    attest: (key) => send(`${ofCase}/checklist/${key}/complete`, { proof: 'Ticket 4711' }),
    approve: () => send(`${ofCase}/steps/purge-gate/approve`, { typedName: 'Ada Lovelace' }, second),
    restore: () => send(`/v1/deletions/${caseId}/restore`, { reason: 'the other Ada' }),
    retry: (key) => send(`${ofCase}/steps/${key}/retry`),
    async setHold(on) {
      const path = `/v1/people/${personId}/legal-hold`;
      const { status } = await api.request(on ? 'PUT' : 'DELETE', path, { reason: 'lawsuit' });
      if (status !== 200) throw new Error(`the hold was answered with ${status}`);
    },
    async forwardTo(afterLockMs) {
      const { leaveAtMs } = (await record()).plan;
      const clockMs = await workflowClock(engine.temporal.connection, workflowId);
      await fastForward(engine.temporal.connection, workflowId, leaveAtMs + afterLockMs - clockMs);
    },
    async until(what, timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const now = await record();
        if (what(now)) return now;
        if (Date.now() > deadline) throw new Error(`not reached: ${now.state} ${JSON.stringify(now.steps)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
  return deletion;
}
