import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { caseWorkflowId } from '../../../shared/domain/ids.ts';
import { hashOfToken, newLinkToken } from '../../../shared/platform/links/link-token.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let personId: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  personId = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver' });
});

const DAY = 86_400_000;
const depart = (body: Json) =>
  api.request('POST', '/v1/departures', { personId, reason: 'resigned', ...body });
const stepsOf = (body: Json) => body['steps'] as readonly Json[];
const keysOf = (body: Json) => stepsOf(body).map((step) => step['key']);

/** A departure whose leaver was told: the link is what the mail held. */
async function informed(): Promise<{ readonly caseId: string; readonly link: string }> {
  const { body } = await depart({ lastDay: '2027-02-26', leaverNotice: {} });
  const caseId = String(body['id']);
  const token = newLinkToken();
  await api.repositories.leaverWindows.open({
    ...{ id: hashOfToken(token), orgId: api.orgId, personId, caseId, openedAtMs: api.clock.nowMs },
  });
  return { caseId, link: `/confirm/${token}` };
}
const windowOf = (caseId: string) => api.repositories.leaverWindows.findByCase(api.orgId, caseId);
const send = (caseId: string, command: string, body: Json = {}) =>
  api.request('POST', `/v1/departures/${caseId}/${command}`, body, { idempotencyKey: newId('per') });

test('informs the leaver two weeks before the last day unless said otherwise, and only where asked', async () => {
  const { status, body } = await depart({ lastDay: '2027-02-26', leaverNotice: {} });
  expect(status).toBe(202);
  const notice = stepsOf(body).find((step) => step['key'] === 'inform-leaver');
  expect(notice?.['dueAt']).toMatchObject({ local: '2027-02-12T09:00+01:00' });
  expect(body['request']).toMatchObject({ leaverNotice: { daysBefore: 14 } });

  personId = await createTestPerson(api);
  expect(keysOf((await depart({ lastDay: '2027-02-26' })).body)).not.toContain('inform-leaver');
});

test.each<[Json, number, string, string]>([
  [{ urgent: true, leaverNotice: {} }, 422, 'LEAVER_NOTICE_URGENT', '/leaverNotice'],
  [
    { lastDay: '2027-02-26', leaverNotice: { daysBefore: 0 } },
    400,
    'INVALID_REQUEST',
    '/leaverNotice/daysBefore',
  ],
  [{ lastDay: '2027-02-26', leaverNotice: true }, 400, 'INVALID_REQUEST', '/leaverNotice'],
])('refuses %j', async (wanted, status, code, field) => {
  const reply = await depart(wanted);
  expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([status, code, field]);
});

test('says when a leaver can no longer be informed', async () => {
  const { body } = await depart({ lastDay: '2027-01-08', leaverNotice: {} });
  expect(body['warnings']).toContain('LEAVER_NOT_INFORMED');
});

test('shows what is to be confirmed, and confirms nothing by being opened', async () => {
  const { caseId, link } = await informed();
  const page = await api.page('GET', link);
  expect(page.status).toBe(200);
  expect(page.text).toContain('Lea Leaver');
  expect(page.text).toContain('2027-02-26 at 17:30 (Europe/Zurich)');
  expect(page.text).not.toMatch(/<script|src=|href=|https?:/u);
  expect((await windowOf(caseId))?.confirmedAtMs).toBeUndefined();
});

test('keeps the first confirmation, in the audit once', async () => {
  const { caseId, link } = await informed();
  const firstAtMs = api.clock.nowMs;
  expect((await api.page('POST', link, {})).status).toBe(200);
  api.clock.nowMs += DAY;
  expect((await api.page('POST', link, {})).text).toContain('Thank you');
  api.clock.nowMs -= DAY;
  expect((await windowOf(caseId))?.confirmedAtMs).toBe(firstAtMs);
  const { body } = await api.request('GET', `/v1/departures/${caseId}/evidence`);
  const confirmed = (body['commands'] as readonly Json[]).filter(
    ({ action }) => action === 'departure.leaverConfirmed',
  );
  expect(confirmed).toEqual([
    {
      at: new Date(firstAtMs).toISOString(),
      actorId: personId,
      action: 'departure.leaverConfirmed',
      detail: {},
    },
  ]);
});

test('takes no confirmation after the lock, of a closed window, or of a departure that was called off', async () => {
  const late = await informed();
  api.clock.nowMs += 60 * DAY;
  expect((await api.page('POST', late.link, {})).status).toBe(410);
  api.clock.nowMs -= 60 * DAY;

  personId = await createTestPerson(api);
  const closed = await informed();
  const window = (await windowOf(closed.caseId))!;
  await api.repositories.leaverWindows.close(window, api.clock.nowMs);
  expect((await api.page('POST', closed.link, {})).status).toBe(410);

  personId = await createTestPerson(api);
  const off = await informed();
  await send(off.caseId, 'cancel');
  await api.engine.tell(caseWorkflowId('departure', api.orgId, off.caseId), { kind: 'closed', atMs: 5 });
  expect((await api.page('GET', off.link)).status).toBe(410);
  for (const { caseId } of [late, closed, off])
    expect((await windowOf(caseId))?.confirmedAtMs).toBeUndefined();
  expect((await api.page('GET', `/confirm/${newLinkToken()}`)).status).toBe(404);
});

test('has an open departure lock at once, and forgets the last day it had', async () => {
  const { body } = await depart({ lastDay: '2027-02-26', leaverNotice: {} });
  const caseId = String(body['id']);
  const refused = await send(caseId, 'reschedule', { urgent: true, lastDay: '2027-02-26' });
  expect([refused.status, refused.body['code']]).toEqual([422, 'URGENT_WITH_FUTURE_DAY']);
  expect((await send(caseId, 'reschedule', {})).body['code']).toBe('LAST_DAY_REQUIRED');

  expect((await send(caseId, 'reschedule', { urgent: true })).status).toBe(200);
  const { body: now } = await api.request('GET', `/v1/departures/${caseId}`);
  expect(now['leaveAt']).toMatchObject({ utc: new Date(api.clock.nowMs).toISOString() });
  expect(now['request']).toMatchObject({ urgent: true });
  expect(now['request']).not.toHaveProperty('lastDay');
  expect(keysOf(now)).not.toContain('inform-leaver');

  const at = { round: 1, atMs: api.clock.nowMs };
  const workflowId = caseWorkflowId('departure', api.orgId, caseId);
  await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'disable-account', ...at });
  const again = await send(caseId, 'reschedule', { urgent: true });
  expect([again.status, again.body['code']]).toEqual([409, 'LOCKING_STARTED']);
});
