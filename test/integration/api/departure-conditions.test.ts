import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let second: string;

beforeAll(async () => {
  api = await startTestApi();
  second = await api.keyWith(['departures:*', 'approvals:*']);
});
afterAll(() => api.close());

let keys = 0;
const freshKey = (): string => `c-${(keys += 1)}`;
const tagOf = (reply: Reply): string => reply.headers.get('etag') ?? '';
const ifMatch = (tag: string) => ({ 'If-Match': tag });
const outcome = (reply: Reply): readonly unknown[] => [reply.status, reply.body['code']];
const REFUSED = [412, 'PRECONDITION_FAILED'];

async function known(path: string, tag: string): Promise<number> {
  const headers = { 'If-None-Match': tag };
  return (await api.request('GET', path, undefined, { headers })).status;
}

const revisionOf = (tag: string): number => parseInt(tag.slice(1));
let personId: string;
let caseId: string;
let path: string;
let workflowId: string;

beforeEach(async () => {
  const managerId = await createTestPerson(api, { firstName: 'Grace', lastName: 'Hopper' });
  personId = await createTestPerson(api, { firstName: 'Ada', lastName: 'Lovelace', managerId });
  const file = { ownerAccountId: personId.replace('per_', 'acc_'), name: 'plan', sizeBytes: 1 };
  await api.directory.addFile(api.orgId, { id: `fil_${personId}`, ...file });
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on', handover: {} };
  const made = await api.request('POST', '/v1/departures', body);
  caseId = String(made.body['id']);
  path = `/v1/departures/${caseId}`;
  workflowId = `departure:${api.orgId}:${caseId}`;
});

const read = async (): Promise<string> => tagOf(await api.request('GET', path));

interface Command {
  readonly method: string;
  readonly address: string;
  readonly body: Json;
  readonly key: () => string;
}
const command = (address: string, body: Json = {}, method = 'POST', key = () => api.key): Command => ({
  ...{ method, address, body, key },
});
const send = (
  { method, address, body, key }: Command,
  tag: string,
  idempotencyKey = freshKey(),
): Promise<Reply> =>
  api.request(method, `${path}/${address}`, body, { key: key(), idempotencyKey, headers: ifMatch(tag) });

const reason = { reason: 'the court says so' };
const PAUSE = command('pause');
const APPROVE = command('steps/purge-gate/approve', { typedName: 'Ada Lovelace' }, 'POST', () => second);
const HOLD = command('legal-hold', reason, 'PUT');
const recipient = async (): Promise<Command> =>
  command('recipient', { personId: await createTestPerson(api) }, 'PUT');
const commands = async (): Promise<readonly Command[]> => [
  PAUSE,
  APPROVE,
  HOLD,
  await recipient(),
  command('reschedule', { lastDay: '2027-04-30' }),
  command('steps/disable-account/skip', reason),
  command('cancel'),
  command('abort', reason),
  command('undo', reason),
];

/** What the case and everything beside it holds that a command may write. */
async function written() {
  const { approvals, people, audit, cases } = api.repositories;
  return {
    approval: await approvals.get(api.orgId, caseId, 'purge-gate'),
    hold: (await people.get(api.orgId, personId))?.legalHold,
    request: (await cases.get(api.orgId, caseId))?.request,
    progress: api.engine.progressOf(workflowId),
    audit: (await audit.listByCase(api.orgId, caseId, { limit: 50 })).map(({ action }) => action),
  };
}

test('takes no command from whoever saw an older revision, and writes nothing of it', async () => {
  const old = await read();
  expect((await send(PAUSE, old)).status).toBe(200);
  const before = await written();
  for (const one of await commands()) {
    const refused = await send(one, old);
    expect([one.address, ...outcome(refused)]).toEqual([one.address, ...REFUSED]);
    expect(revisionOf(tagOf(refused))).toBe(revisionOf(await read()));
  }
  expect(await written()).toEqual(before);
});

test.each([1, 2, 3])(
  'takes exactly one of all commands at once that name the same revision, and nothing of the others (%i)',
  async () => {
    const all = await commands();
    const tag = await read();
    const before = await written();
    const replies = await Promise.all(all.map((one) => send(one, tag)));
    const winners = all.filter((_, index) => replies[index]!.status === 200);
    const others = replies.filter((reply) => reply.status !== 200);
    expect(winners).toHaveLength(1);
    expect(others.map(outcome)).toEqual(Array(all.length - 1).fill(REFUSED));
    const { address } = winners[0]!;
    const after = await written();
    expect(after.approval !== undefined).toBe(address.endsWith('approve'));
    expect(after.hold !== undefined).toBe(address === 'legal-hold');
    const isRequestChanged = JSON.stringify(after.request) !== JSON.stringify(before.request);
    expect(isRequestChanged).toBe(['recipient', 'reschedule'].includes(address));
    expect(after.audit).toHaveLength(before.audit.length + 1);
  },
);

test('keeps the approval of the one of two approvers who was told so', async () => {
  const third = await api.keyWith(['departures:*', 'approvals:*']);
  const tag = await read();
  const both = [APPROVE, { ...APPROVE, key: () => third }];
  const replies = await Promise.all(both.map((one) => send(one, tag)));
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412]);
  const { approval, progress } = await written();
  expect(progress?.steps['purge-gate']?.approvedBy).toBe(approval?.approvedBy);
});

test('takes a command at the revision that is meant, and says which one is next', async () => {
  const paused = await send(PAUSE, await read());
  expect(paused).toMatchObject({ status: 200, body: { state: 'paused' } });
  const resumed = await send(command('resume'), tagOf(paused));
  expect(resumed).toMatchObject({ status: 200, body: { effect: 'applied' } });
  expect((await send(await recipient(), tagOf(resumed))).status).toBe(200);
  expect((await send(PAUSE, '*')).status).toBe(200);
});

test('takes no command when the case went on and the database does not know it yet', async () => {
  const { cases } = api.repositories;
  const tag = await read();
  Object.assign(api.repositories, { cases: { ...cases, project: () => Promise.resolve('applied') } });
  await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'notify-manager', round: 1, atMs: 5 });
  Object.assign(api.repositories, { cases });
  expect(outcome(await send(PAUSE, tag))).toEqual(REFUSED);
  expect(api.engine.progressOf(workflowId)?.paused).toBe(false);
});

test('gives one answer to five requests under one key that name one revision, and the same later', async () => {
  const [tag, key] = [await read(), freshKey()];
  const replies = await Promise.all(Array.from({ length: 5 }, () => send(PAUSE, tag, key)));
  const later = await send(PAUSE, tag, key);
  expect(replies.map((reply) => reply.status)).toEqual(Array(5).fill(200));
  expect(new Set([...replies, later].map((reply) => JSON.stringify(reply.body))).size).toBe(1);
});

test('goes on with the revision it took before an outage', async () => {
  const [tag, key] = [await read(), freshKey()];
  api.engine.isDown = true;
  expect(outcome(await send(PAUSE, tag, key))).toEqual([503, 'ENGINE_UNAVAILABLE']);
  api.engine.isDown = false;
  // Somebody else who saw the same is too late, although nothing has happened yet.
  expect(outcome(await send(command('cancel'), tag))).toEqual(REFUSED);
  expect((await send(PAUSE, tag, key)).body).toMatchObject({ effect: 'applied', state: 'paused' });
});

test('never says of a command that had its effect that nothing was changed, whoever took a revision since', async () => {
  const [tag, key] = [await read(), freshKey()];
  const { engine } = api;
  const pauses = engine.effects.filter(({ name }) => name === 'pauseCase').length;
  const tell = engine.command.bind(engine);
  // The case takes it, and its answer is lost on the way.
  engine.command = async (...told) => (await tell(...told), { kind: 'unavailable' });
  expect(outcome(await send(PAUSE, tag, key))).toEqual([503, 'ENGINE_UNAVAILABLE']);
  engine.command = tell;
  expect((await send(HOLD, await read())).status).toBe(200);
  const repeated = await send(PAUSE, tag, key);
  expect(repeated).toMatchObject({ status: 200, body: { effect: 'applied', state: 'paused' } });
  expect(api.engine.effects.filter(({ name }) => name === 'pauseCase')).toHaveLength(pauses + 1);
});

test('names no recipient over another who was named since the revision was taken', async () => {
  const [tag, key] = [await read(), freshKey()];
  const [mine, theirs] = [await recipient(), await recipient()];
  const { cases } = api.repositories;
  // It takes the revision, and then the database is away for a moment.
  const setRequest = () => Promise.reject(new StoreUnavailable('gone'));
  Object.assign(api.repositories, { cases: { ...cases, setRequest } });
  expect((await send(mine, tag, key)).status).toBe(503);
  Object.assign(api.repositories, { cases });
  expect((await send(theirs, await read())).status).toBe(200);
  expect(outcome(await send(mine, tag, key))).toEqual(REFUSED);
  const request = (await api.request('GET', path)).body['request'] as Json;
  expect(request['handover']).toMatchObject({ recipientId: theirs.body['personId'] });
});

test('goes on with a recipient it had named when its answer was lost', async () => {
  const [tag, key] = [await read(), freshKey()];
  const mine = await recipient();
  const { audit } = api.repositories;
  const append = () => Promise.reject(new StoreUnavailable('gone'));
  Object.assign(api.repositories, { audit: { ...audit, append } });
  expect((await send(mine, tag, key)).status).toBe(503);
  Object.assign(api.repositories, { audit });
  expect(await send(mine, tag, key)).toMatchObject({
    status: 200,
    body: { recipientId: mine.body['personId'] },
  });
});

test('names the next revision to whoever is refused, also where another command took one meanwhile', async () => {
  const tag = await read();
  const { engine } = api;
  const tell = engine.command.bind(engine);
  engine.command = async (...told) => {
    engine.command = tell;
    expect((await send(HOLD, await read())).status).toBe(200);
    return tell(...told);
  };
  const refused = await send(command('resume'), tag);
  expect(refused.status).toBe(412);
  expect((await send(PAUSE, tagOf(refused))).status).toBe(200);
});

test('uses the revision up when the case refuses, and names the next one', async () => {
  const tag = await read();
  const refused = await send(command('resume'), tag);
  expect(outcome(refused)).toEqual([409, 'NOT_PAUSED']);
  expect(outcome(await send(PAUSE, tag))).toEqual(REFUSED);
  expect((await send(PAUSE, tagOf(refused))).status).toBe(200);
});

test('counts a revision that was taken for one command and refused as no more than that', async () => {
  const [tag, key] = [await read(), freshKey()];
  expect((await send(command('resume'), tag, key)).status).toBe(409);
  expect(outcome(await send(command('resume'), tag, key))).toEqual(REFUSED);
});

test('is sent anew when evidence is added, whose tag is good for a change all the same', async () => {
  const tag = await read();
  expect(await known(path, tag)).toBe(304);
  const of = { orgId: api.orgId, caseId, personId, stepKey: 'disable-account', round: 1 };
  await api.repositories.evidence.intend({
    ...of,
    id: `eff:${caseId}:disable-account:1`,
    kind: 'disableAccount',
  });
  expect(await known(path, tag)).toBe(200);
  expect(await read()).not.toBe(tag);
  expect((await send(PAUSE, tag)).status).toBe(200);
});

test('shows the way to a newer procedure only of the revision that is meant', async () => {
  const old = await read();
  await send(PAUSE, old);
  const show = command('procedure', { version: 'departure@9', dryRun: true });
  expect(outcome(await send(show, old))).toEqual(REFUSED);
  expect(outcome(await send(show, await read()))).toEqual([422, 'PROCEDURE_UNKNOWN']);
});

test('takes an approval at the revision that is meant although the case goes on, as it is written before the case is told', async () => {
  const { cases } = api.repositories;
  const tag = await read();
  Object.assign(api.repositories, { cases: { ...cases, project: () => Promise.resolve('applied') } });
  await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'notify-manager', round: 1, atMs: 5 });
  Object.assign(api.repositories, { cases });
  expect((await send(APPROVE, tag)).status).toBe(200);
});

test('takes a command at the revision that is meant of a departure that waits for the engine', async () => {
  api.engine.isDown = true;
  const body = { personId: await createTestPerson(api), lastDay: '2027-03-31', reason: 'x' };
  caseId = String((await api.request('POST', '/v1/departures', body)).body['id']);
  path = `/v1/departures/${caseId}`;
  const tag = await read();
  api.engine.isDown = false;
  expect((await send(PAUSE, tag)).body).toMatchObject({ effect: 'applied', state: 'paused' });
});
