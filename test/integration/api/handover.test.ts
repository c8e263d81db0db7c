import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AccountView } from '../../../directory/account-view.ts';
import { addBelongings } from '../../support/handover.ts';
import { createTestPerson, NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let limited: TestApi;
let manager: string;
beforeAll(async () => {
  api = await startTestApi();
  limited = await startTestApi({ capabilities: { files: 'manual', contacts: 'no' } });
  manager = await createTestPerson(api, { firstName: 'Grace', address: 'grace@harbour.example' });
});
afterAll(async () => {
  await api.close();
  await limited.close();
});

const DAY = 86_400_000;

async function accountOf(of: TestApi, personId: string): Promise<AccountView> {
  return (await of.request('GET', `/v1/directory/accounts/${personId}`)).body as unknown as AccountView;
}

/** Somebody who owns something of everything. */
async function aLeaver(of: TestApi = api, fields: Json = { managerId: manager }): Promise<string> {
  const personId = await createTestPerson(of, fields);
  const { id } = await accountOf(of, personId);
  await addBelongings(of.directory, of.orgId, id, personId);
  return personId;
}

const ask = (personId: string, handover?: Json, more: Json = {}): Json => ({
  personId,
  lastDay: '2027-03-31',
  reason: 'moves on',
  ...(handover === undefined ? {} : { handover }),
  ...more,
});

interface Step {
  readonly key: string;
  readonly kind: string;
  readonly status?: string;
  readonly manual?: true;
  readonly ownerId?: string;
  readonly calls?: readonly { readonly operation: string }[];
  readonly at: { readonly local: string };
  readonly dueAt: { readonly local: string };
}
const stepsOf = (body: Json) => body['steps'] as readonly Step[];
const HANDOVER = /^(grant|end-mailbox|transfer|hand-over|export|name-recipient)/u;
const handoverSteps = (body: Json) => stepsOf(body).filter(({ key }) => HANDOVER.test(key));
const send = async (handover: Json, more: Json = {}) =>
  api.request('POST', '/v1/departures/simulation', ask(await aLeaver(), handover, more));

test('hands over what the leaver has to the manager on day 7, and no mail unless asked for', async () => {
  const simulated = await api.request('POST', '/v1/departures/simulation', ask(await aLeaver()));
  const steps = handoverSteps(simulated.body);
  expect(steps.map(({ key, calls }) => [key, calls?.[0]?.operation])).toEqual([
    ['transfer-files', 'setFileOwner'],
    ['hand-over-calendars', 'setCalendar'],
    ['hand-over-meetings', 'setMeeting'],
    ['export-contacts', undefined],
  ]);
  expect(new Set(steps.map(({ at }) => at.local))).toEqual(new Set(['2027-04-07T17:30+02:00']));
  expect(simulated.body['request']).toMatchObject({ handover: { recipient: 'manager', day: 7 } });
});

test('plans nothing for somebody who owns nothing', async () => {
  const personId = await createTestPerson(api, { managerId: manager });
  const simulated = await api.request('POST', '/v1/departures/simulation', ask(personId));
  expect(handoverSteps(simulated.body)).toEqual([]);
  expect(simulated.body['request']).not.toHaveProperty('handover');
});

test('plans mail and time-boxed access when they are asked for', async () => {
  const reply = await send({
    ...{ mail: { folders: ['INBOX'], since: '2027-01-01', until: '2027-03-31' }, files: false, day: 0 },
    access: { personId: manager, days: 14, reason: 'Open offers' },
  });
  expect(reply.status).toBe(200);
  const steps = handoverSteps(reply.body);
  expect(steps.map(({ key }) => key)).toEqual([
    ...['grant-mailbox-access', 'transfer-mail', 'hand-over-calendars', 'hand-over-meetings'],
    ...['export-contacts', 'end-mailbox-access'],
  ]);
  expect(steps.at(-1)?.at.local).toBe('2027-04-14T17:30+02:00');
  expect(reply.body['request']).toMatchObject({
    handover: {
      mail: { sinceMs: Date.parse('2026-12-31T23:00:00Z'), beforeMs: Date.parse('2027-03-31T22:00:00Z') },
    },
  });
});

test.each<[string, Json, number, string, string]>([
  ['an unknown recipient', { recipientId: 'per_nobody' }, 422, 'RECIPIENT_UNKNOWN', '/handover/recipientId'],
  ['a day beyond the gate', { day: 91 }, 400, 'INVALID_REQUEST', '/handover/day'],
  ['another way', { calendars: 'keep' }, 400, 'INVALID_REQUEST', '/handover/calendars'],
  ['an unknown field', { phones: true }, 400, 'UNKNOWN_FIELD', '/handover/phones'],
  ['a date that is none', { mail: { since: '2027-02-30' } }, 422, 'DATE_INVALID', '/handover/mail/since'],
  [
    ...(['an empty range', { mail: { since: '2027-02-02', until: '2027-02-01' } }] as const),
    ...([422, 'MAIL_RANGE_EMPTY', '/handover/mail/until'] as const),
  ],
  [
    ...(['access without a reason', { access: { personId: 'per_1', days: 3 } }] as const),
    ...([400, 'INVALID_REQUEST', '/handover/access/reason'] as const),
  ],
  [
    ...(['access for a stranger', { access: { personId: 'per_1', days: 3, reason: 'curious' } }] as const),
    ...([422, 'ACCESS_NOT_ALLOWED', '/handover/access/personId'] as const),
  ],
  [
    ...(['access for a year', { access: { personId: 'per_1', days: 365, reason: 'x' } }] as const),
    ...([400, 'INVALID_REQUEST', '/handover/access/days'] as const),
  ],
])('refuses %s', async (_what, handover, status, code, field) => {
  const reply = await send(handover);
  expect(reply).toMatchObject({ status, body: { code, field } });
});

test('refuses the leaver, and somebody without an active account, as recipients', async () => {
  const personId = await aLeaver();
  const simulate = (recipientId: string) =>
    api.request('POST', '/v1/departures/simulation', ask(personId, { recipientId }));
  expect((await simulate(personId)).body).toMatchObject({ code: 'RECIPIENT_IS_LEAVER' });
  const other = await createTestPerson(api);
  const call = { effectKey: 'hand:1', asOfMs: NOW_MS };
  await api.directory.disable(api.orgId, (await accountOf(api, other)).id, 'leave', call);
  expect((await simulate(other)).body).toMatchObject({ code: 'RECIPIENT_INACTIVE' });
});

test('finds the recipient by rule: successor, manager, fallback of the organisation, or asks', async () => {
  const ruleFor = async (fields: Json, more: Json = {}) => {
    const personId = await aLeaver(api, fields);
    const { body } = await api.request('POST', '/v1/departures/simulation', ask(personId, undefined, more));
    return [(body['request'] as { handover: Json }).handover['recipient'], body['warnings']];
  };
  const successorId = await createTestPerson(api);
  expect((await ruleFor({ managerId: manager }, { successorId }))[0]).toBe('successor');
  expect((await ruleFor({ managerId: manager }))[0]).toBe('manager');
  expect(await ruleFor({})).toEqual(['ask', expect.arrayContaining(['NO_RECIPIENT'])]);
  const setFallback = (fallbackRecipientId: string | null) =>
    api.request('PATCH', '/v1/organisation', { fallbackRecipientId });
  expect((await setFallback('per_nobody')).body).toMatchObject({ code: 'PERSON_UNKNOWN' });
  expect((await setFallback(successorId)).body).toMatchObject({ fallbackRecipientId: successorId });
  expect((await ruleFor({}))[0]).toBe('fallback');
  expect((await setFallback(null)).body).not.toHaveProperty('fallbackRecipientId');
});

test('asks for the recipient in the checklist, and takes the answer once', async () => {
  const personId = await aLeaver(api, {});
  const { body } = await api.request('POST', '/v1/departures', ask(personId));
  const path = `/v1/departures/${String(body['id'])}`;
  expect(stepsOf(body).find(({ key }) => key === 'name-recipient')).toMatchObject({ manual: true });
  const complete = `${path}/checklist/name-recipient/complete`;
  const refused = await api.request('POST', complete, { proof: 'said' }, { idempotencyKey: 'ask-1' });
  expect(refused).toMatchObject({ status: 422, body: { code: 'RECIPIENT_REQUIRED' } });
  const unknown = { personId: 'per_nobody' };
  expect(
    (await api.request('PUT', `${path}/recipient`, unknown, { idempotencyKey: 'ask-2' })).body,
  ).toMatchObject({
    code: 'RECIPIENT_UNKNOWN',
    field: '/personId',
  });
  const named = { personId: manager };
  for (const idempotencyKey of ['ask-3', 'ask-3']) {
    const reply = await api.request('PUT', `${path}/recipient`, named, { idempotencyKey });
    expect(reply).toMatchObject({ status: 200, body: { effect: 'applied' } });
  }
  const shown = await api.request('GET', path);
  expect(shown.body['request']).toMatchObject({ handover: { recipient: 'named', recipientId: manager } });
  const item = { key: 'name-recipient', status: 'attested', attestedBy: api.ownerId };
  const list = await api.request('GET', `${path}/checklist`);
  expect(list.body['items']).toEqual([
    expect.objectContaining({ ...item, proof: { recipientId: manager, attestedBy: api.ownerId } }),
  ]);
  // Another recipient can still be named, without a word to the engine.
  const told = api.engine.effects.length;
  const other = await createTestPerson(api);
  const again = await api.request(
    'PUT',
    `${path}/recipient`,
    { personId: other },
    { idempotencyKey: 'ask-4' },
  );
  expect(again).toMatchObject({ status: 200, body: { recipientId: other } });
  expect(api.engine.effects).toHaveLength(told);
});

test('names no recipient where there is nothing to hand over', async () => {
  const personId = await createTestPerson(api, { managerId: manager });
  const { body } = await api.request('POST', '/v1/departures', ask(personId));
  const path = `/v1/departures/${String(body['id'])}/recipient`;
  const reply = await api.request('PUT', path, { personId: manager }, { idempotencyKey: 'none-1' });
  expect(reply).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_HAND_OVER' } });
});

test('shows what people have to do by hand, and keeps their word as attested, never as done', async () => {
  const boss = await createTestPerson(limited, { firstName: 'Bo' });
  const personId = await aLeaver(limited, { managerId: boss });
  const simulated = await limited.request('POST', '/v1/departures/simulation', ask(personId));
  const [files] = handoverSteps(simulated.body);
  expect(files).toMatchObject({ key: 'transfer-files', manual: true, ownerId: boss });
  expect(files).not.toHaveProperty('calls');
  const contacts = stepsOf(simulated.body).find(({ key }) => key === 'export-contacts');
  expect(contacts).toMatchObject({ status: 'not_applicable' });

  const { body } = await limited.request('POST', '/v1/departures', ask(personId));
  const path = `/v1/departures/${String(body['id'])}/checklist`;
  const complete = (key: string, sent: Json, idempotencyKey?: string) =>
    limited.request(
      'POST',
      `${path}/${key}/complete`,
      sent,
      idempotencyKey === undefined ? {} : { idempotencyKey },
    );
  const open = await limited.request('GET', path);
  expect(open.body['items']).toEqual([
    expect.objectContaining({ key: 'transfer-files', ownerId: boss, status: 'waiting' }),
  ]);
  const proof = { proof: 'Ticket 4711: moved in the file manager' };
  expect((await complete('transfer-files', proof)).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
  expect((await complete('transfer-files', {}, 'done-0')).body).toMatchObject({ field: '/proof' });
  expect((await complete('nothing', proof, 'done-1')).body).toMatchObject({ code: 'STEP_UNKNOWN' });
  expect((await complete('archive-mailbox', proof, 'done-2')).body).toMatchObject({
    code: 'STEP_NOT_MANUAL',
  });
  for (const key of ['done-3', 'done-3'])
    expect((await complete('transfer-files', proof, key)).body).toMatchObject({ effect: 'applied' });
  expect((await complete('transfer-files', proof, 'done-4')).body).toMatchObject({
    code: 'STEP_ALREADY_SETTLED',
  });
  expect(limited.engine.effects.filter(({ name }) => name === 'completeChecklistItem')).toHaveLength(1);

  const shown = await limited.request('GET', `/v1/departures/${String(body['id'])}`);
  const step = stepsOf(shown.body).find(({ key }) => key === 'transfer-files');
  expect(step).toMatchObject({ status: 'attested', attestedBy: limited.ownerId, manual: true });
  const [item] = (await limited.request('GET', path)).body['items'] as readonly Json[];
  expect(item?.['proof']).toEqual({ text: proof.proof, attestedBy: limited.ownerId });
});

test('a checklist needs the scope of departures, and belongs to its organisation', async () => {
  const { body } = await limited.request('POST', '/v1/departures', ask(await aLeaver(limited, {})));
  const path = `/v1/departures/${String(body['id'])}/checklist`;
  const key = await limited.keyWith(['departures:read']);
  expect((await limited.request('GET', path, undefined, { key })).status).toBe(200);
  const sent = { proof: 'mine' };
  const options = { key, idempotencyKey: 'scope-1' };
  expect((await limited.request('POST', `${path}/transfer-files/complete`, sent, options)).status).toBe(403);
  expect((await api.request('GET', path)).status).toBe(404);
});

test('shows what an account owns, and lets nobody read a mailbox without a grant or after its end', async () => {
  const personId = await aLeaver();
  const path = `/v1/directory/accounts/${personId}`;
  const { body } = await api.request('GET', `${path}/belongings`);
  expect(Object.values(body).map((list) => (list as readonly unknown[]).length)).toEqual([2, 2, 2, 2]);
  const read = () => api.request('GET', `${path}/messages/as/${manager}`);
  expect(await read()).toMatchObject({ status: 403, body: { code: 'NO_MAILBOX_ACCESS' } });
  const [leaver, reader] = [await accountOf(api, personId), await accountOf(api, manager)];
  const grant = { toAccountId: reader.id, untilMs: NOW_MS + DAY };
  const call = { effectKey: 'hand:1', asOfMs: NOW_MS };
  await api.directory.grantMailboxAccess(api.orgId, leaver.id, grant, call);
  expect(await read()).toMatchObject({ status: 200, body: { items: [] } });
  api.clock.nowMs = NOW_MS + DAY;
  expect((await read()).status).toBe(403);
  api.clock.nowMs = NOW_MS;
});
