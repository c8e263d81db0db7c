import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const PATH = '/v1/reviews/definitions';
const define = (fields: Json = {}, options = {}): Promise<Reply> =>
  api.request('POST', PATH, { name: 'Accounts', ...fields }, options);
const refusal = ({ status, body }: Reply) => [status, body['code'], body['field']];

const month = { every: 'month', day: 1, time: '08:00' };
test.each<[string, Json, number, string, string]>([
  ['a day 29', { calendar: { ...month, day: 29 } }, 400, 'INVALID_REQUEST', '/calendar/day'],
  ['a day 0', { calendar: { ...month, day: 0 } }, 400, 'INVALID_REQUEST', '/calendar/day'],
  ['a time at night', { calendar: { ...month, time: '03:59' } }, 400, 'INVALID_REQUEST', '/calendar/time'],
  ['a late time', { calendar: { ...month, time: '22:00' } }, 400, 'INVALID_REQUEST', '/calendar/time'],
  ['no time', { calendar: { ...month, time: '8' } }, 400, 'INVALID_REQUEST', '/calendar/time'],
  ['another calendar', { calendar: { ...month, every: 'week' } }, 400, 'INVALID_REQUEST', '/calendar/every'],
  [
    'days of quarters',
    { calendar: { every: 'quarter', days: [1], time: '08:00' } },
    ...([400, 'INVALID_REQUEST', '/calendar/day'] as const),
  ],
  [
    'no months',
    { calendar: { every: 'custom', months: [], days: [1], time: '08:00' } },
    ...([400, 'INVALID_REQUEST', '/calendar/months'] as const),
  ],
  ['an unknown zone', { timeZone: 'Mars/Olympus' }, 422, 'ZONE_UNKNOWN', '/timeZone'],
  [
    'a scope without its department',
    { scope: { kind: 'department' } },
    400,
    'INVALID_REQUEST',
    '/scope/department',
  ],
  ['an unknown rule', { rules: { tidy: { on: true } } }, 400, 'UNKNOWN_FIELD', '/rules/tidy'],
  [
    'a threshold below',
    { rules: { inactive: { threshold: 0 } } },
    400,
    'INVALID_REQUEST',
    '/rules/inactive/threshold',
  ],
  [
    'a threshold above',
    { rules: { inactive: { threshold: 3651 } } },
    400,
    'INVALID_REQUEST',
    '/rules/inactive/threshold',
  ],
  [
    'places of a rule without',
    { rules: { inactive: { departments: ['IT'] } } },
    400,
    'INVALID_REQUEST',
    '/rules/inactive/departments',
  ],
  [
    'a person who is asked, and is not named',
    { reviewers: { kind: 'person' } },
    400,
    'INVALID_REQUEST',
    '/reviewers/personId',
  ],
  ['0 days', { openDays: 0 }, 400, 'INVALID_REQUEST', '/openDays'],
  ['91 days', { openDays: 91 }, 400, 'INVALID_REQUEST', '/openDays'],
  [
    'a reminder before it opens',
    { openDays: 9, remindDaysBefore: [9] },
    422,
    'NOTICE_OUTSIDE_REVIEW',
    '/remindDaysBefore',
  ],
  [
    'an escalation before',
    { openDays: 9, escalateDaysBefore: 9 },
    422,
    'NOTICE_OUTSIDE_REVIEW',
    '/escalateDaysBefore',
  ],
  ['another silence', { onSilence: 'delete' }, 400, 'INVALID_REQUEST', '/onSilence'],
  [
    'a fallback that is not there',
    { reviewers: { kind: 'managers', fallbackId: 'per_nobody' } },
    422,
    'REVIEWER_UNKNOWN',
    '/reviewers/fallbackId',
  ],
])('a definition is refused with %s', async (_what, fields, ...expected) => {
  const before = api.reviews.schedules.size;
  expect(refusal(await define(fields))).toEqual(expected);
  expect(api.reviews.schedules.size).toBe(before);
});

test('a refusal says why a time, a day or a threshold is not taken', async () => {
  const detailOf = async (fields: Json) => (await define(fields)).body['detail'];
  expect(await detailOf({ calendar: { ...month, time: '02:30' } })).toContain('no clock change');
  expect(await detailOf({ calendar: { ...month, day: 31 } })).toContain('which every month has');
  expect(await detailOf({ rules: { inactive: { threshold: 9999 } } })).toBe('From 1 to 3650 days.');
});

test('a definition asks nobody who is not here', async () => {
  const away = await createTestPerson(api);
  await api.repositories.people.update(api.orgId, away, 0, { status: 'departed' });
  expect(refusal(await define({ reviewers: { kind: 'person', personId: away } }))).toEqual([
    ...[422, 'REVIEWER_NOT_HERE', '/reviewers/personId'],
  ]);
});

test('a definition takes the scopes of reviews; what is carried out by silence takes those of what is done', async () => {
  const [reader, writer] = [await api.keyWith(['reviews:read']), await api.keyWith(['reviews:*'])];
  expect((await define({}, { key: reader })).status).toBe(403);
  expect((await api.request('GET', PATH, undefined, { key: reader })).status).toBe(200);
  expect((await define({}, { key: writer })).status).toBe(201);
  expect(refusal(await define({ onSilence: 'as_proposed' }, { key: writer }))).toEqual([
    ...[403, 'SCOPE_MISSING', '/onSilence'],
  ]);
  const { body } = await define({ onSilence: 'as_proposed' });
  const path = `${PATH}/${String(body['id'])}`;
  const wider = { rules: { inactive: { threshold: 1 } } };
  expect(refusal(await api.request('PATCH', path, wider, { key: writer }))).toEqual([
    ...[403, 'SCOPE_MISSING', '/onSilence'],
  ]);
  expect((await api.request('PATCH', path, { onSilence: 'no_change' }, { key: writer })).status).toBe(200);
  const foreign = await api.keyWith(['people:*', 'cases:*']);
  expect((await api.request('GET', PATH, undefined, { key: foreign })).status).toBe(403);
});
