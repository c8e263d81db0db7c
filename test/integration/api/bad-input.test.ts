import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let leaver: string;
let manager: string;
let disabled: string;
let guarded: string;
let departed: string;

beforeAll(async () => {
  api = await startTestApi();
  manager = await createTestPerson(api, { firstName: 'Grace', lastName: 'Hopper' });
  leaver = await createTestPerson(api, { managerId: manager });
  disabled = await createTestPerson(api, { firstName: 'Dis', lastName: 'Abled' });
  guarded = await createTestPerson(api, { protected: true });
  departed = await createTestPerson(api);
  await api.repositories.people.update(api.orgId, departed, 0, { status: 'departed' });
  const account = disabled.replace('per_', 'acc_');
  await api.directory.disable(api.orgId, account, 'leave', { effectKey: 't', asOfMs: 1 });
});
afterAll(() => api.close());

/** Today is 2027-01-11. */
const good = (): Json => ({ personId: leaver, lastDay: '2027-03-31', reason: 'moves on' });

interface Row {
  readonly what: string;
  readonly body: () => unknown;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
}

const rows: readonly Row[] = [
  {
    what: 'an unknown person',
    body: () => ({ ...good(), personId: 'per_01ARZ3NDEKTSV4RRFFQ69G5FAV' }),
    status: 422,
    code: 'PERSON_UNKNOWN',
    field: '/personId',
  },
  {
    what: 'a protected person',
    body: () => ({ ...good(), personId: guarded }),
    status: 422,
    code: 'PERSON_PROTECTED',
    field: '/personId',
  },
  {
    what: 'somebody who has departed',
    body: () => ({ ...good(), personId: departed }),
    status: 409,
    code: 'PERSON_DEPARTED',
    field: '/personId',
  },
  {
    what: 'a date that does not exist',
    body: () => ({ ...good(), lastDay: '2026-02-30' }),
    status: 422,
    code: 'DATE_INVALID',
    field: '/lastDay',
  },
  {
    what: 'a date with a time',
    body: () => ({ ...good(), lastDay: '2027-03-31T10' }),
    status: 422,
    code: 'DATE_INVALID',
    field: '/lastDay',
  },
  {
    what: 'a day 91 days ago',
    body: () => ({ ...good(), lastDay: '2026-10-12' }),
    status: 422,
    code: 'DATE_OUT_OF_RANGE',
    field: '/lastDay',
  },
  {
    what: 'a day beyond two years',
    body: () => ({ ...good(), lastDay: '2029-01-12' }),
    status: 422,
    code: 'DATE_OUT_OF_RANGE',
    field: '/lastDay',
  },
  {
    what: 'no last day',
    body: () => ({ personId: leaver, reason: 'x' }),
    status: 422,
    code: 'LAST_DAY_REQUIRED',
    field: '/lastDay',
  },
  {
    what: 'an unknown zone',
    body: () => ({ ...good(), timeZone: 'Europe/Atlantis' }),
    status: 422,
    code: 'ZONE_UNKNOWN',
    field: '/timeZone',
  },
  {
    what: 'an offset for a zone',
    body: () => ({ ...good(), timeZone: '+02:00' }),
    status: 422,
    code: 'ZONE_UNKNOWN',
    field: '/timeZone',
  },
  {
    what: 'a time that is none',
    body: () => ({ ...good(), leaveTime: '24:00' }),
    status: 422,
    code: 'TIME_INVALID',
    field: '/leaveTime',
  },
  {
    what: 'the leaver as contact',
    body: () => ({ ...good(), contactPersonId: leaver }),
    status: 422,
    code: 'CONTACT_IS_LEAVER',
    field: '/contactPersonId',
  },
  {
    what: 'a contact without an active account',
    body: () => ({ ...good(), contactPersonId: disabled }),
    status: 422,
    code: 'CONTACT_INACTIVE',
    field: '/contactPersonId',
  },
  {
    what: 'an unknown contact',
    body: () => ({ ...good(), contactPersonId: 'per_none' }),
    status: 422,
    code: 'CONTACT_UNKNOWN',
    field: '/contactPersonId',
  },
  {
    what: 'an auto-reply that is asked for and has nobody to name',
    body: () => ({ ...good(), personId: manager, autoReply: { days: 10 } }),
    status: 422,
    code: 'CONTACT_REQUIRED',
    field: '/contactPersonId',
  },
  {
    what: 'more days than the country allows',
    body: () => ({ ...good(), autoReply: { days: 91 } }),
    status: 422,
    code: 'PRESET_EXCEEDED',
    field: '/autoReply/days',
  },
  {
    what: 'an auto-reply that is off and has a text',
    body: () => ({ ...good(), autoReply: { enabled: false, text: 'hello' } }),
    status: 422,
    code: 'AUTO_REPLY_CONTRADICTION',
    field: '/autoReply/enabled',
  },
  {
    what: 'urgent with a day to come',
    body: () => ({ ...good(), urgent: true }),
    status: 422,
    code: 'URGENT_WITH_FUTURE_DAY',
    field: '/lastDay',
  },
  {
    what: 'urgent with a leave time',
    body: () => ({ personId: leaver, reason: 'x', urgent: true, leaveTime: '12:00' }),
    status: 422,
    code: 'URGENT_WITH_LEAVE_TIME',
    field: '/leaveTime',
  },
  {
    what: 'the leaver as successor',
    body: () => ({ ...good(), successorId: leaver }),
    status: 422,
    code: 'SUCCESSOR_IS_LEAVER',
    field: '/successorId',
  },
  {
    what: 'an unknown successor',
    body: () => ({ ...good(), successorId: 'per_none' }),
    status: 422,
    code: 'SUCCESSOR_UNKNOWN',
    field: '/successorId',
  },
  {
    what: 'an unknown field',
    body: () => ({ ...good(), lastday: '2027-03-31' }),
    status: 400,
    code: 'UNKNOWN_FIELD',
    field: '/lastday',
  },
  {
    what: 'an unknown field further down',
    body: () => ({ ...good(), autoReply: { dais: 3 } }),
    status: 400,
    code: 'UNKNOWN_FIELD',
    field: '/autoReply/dais',
  },
  {
    what: 'no reason',
    body: () => ({ personId: leaver, lastDay: '2027-03-31' }),
    status: 400,
    code: 'INVALID_REQUEST',
    field: '/reason',
  },
  {
    what: 'a number for a text',
    body: () => ({ ...good(), reason: 7 }),
    status: 400,
    code: 'INVALID_REQUEST',
    field: '/reason',
  },
  {
    what: 'an operator object',
    body: () => ({ ...good(), personId: { $ne: null } }),
    status: 400,
    code: 'OPERATOR_REFUSED',
    field: '/personId/$ne',
  },
  {
    what: 'a body that is nested too deeply',
    body: () => ({ ...good(), note: nested(9) }),
    status: 400,
    code: 'TOO_DEEP',
  },
  { what: 'a list for an object', body: () => [good()], status: 400, code: 'INVALID_REQUEST', field: '' },
];

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { a: nested(depth - 1) };
}

async function written(): Promise<Json> {
  const names = ['cases', 'claims', 'idempotency', 'audit'];
  const counts = names.map(async (name) => {
    const found = await api.repositories.database.connection
      .collection(name)
      .find({ orgId: api.orgId })
      .toArray();
    return [name, found.length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

describe.each(['/v1/departures', '/v1/departures/simulation'])('POST %s', (path) => {
  test.each(rows)('refuses $what and writes nothing', async ({ body, status, code, field }) => {
    const before = await written();
    const reply = await api.request('POST', path, body(), { idempotencyKey: `bad-${code}-${path}` });
    expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status, code });
    if (field !== undefined) expect(reply.body['field']).toBe(field);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    expect(reply.body['requestId']).toBe(reply.headers.get('x-request-id'));
    expect(await written()).toEqual(before);
    expect(api.engine.startedIds).toEqual([]);
  });
});
