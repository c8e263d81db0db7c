import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import type { Json } from '../../support/test-api.ts';
import { aLeaver, refusalOf, startProcedureApi, type ProcedureApi } from '../../support/procedures.ts';

let api: ProcedureApi;
beforeEach(async () => {
  api = await startProcedureApi();
});
afterEach(() => api.close());

test('lists what ships and what the organisation made, newest first, page by page', async () => {
  const shipped = [
    ['departure@2', 'built_in', true],
    ['departure@1', 'built_in', false],
  ];
  expect(await api.list()).toEqual(shipped);
  expect((await api.make({ archiveDay: 45 })).status).toBe(201);
  expect((await api.make({ archiveDay: 50 }, { basedOn: 'departure@2.1' })).status).toBe(201);
  const own = [
    ['departure@2.2', 'own', false],
    ['departure@2.1', 'own', false],
  ];
  expect(await api.list()).toEqual([...own, ...shipped]);
  const pages: unknown[] = [];
  for (let query: string | undefined = '?limit=1'; query !== undefined;) {
    pages.push(...(await api.list(query)));
    const { next }: Json = (await api.request('GET', `/v1/procedures${query}`)).body;
    query = typeof next === 'string' ? `?limit=1&after=${next}` : undefined;
  }
  expect(pages).toEqual([...own, ...shipped]);
});

test('shows nobody the versions of another organisation', async () => {
  await api.make();
  const other = await startProcedureApi();
  expect(refusalOf(await other.request('GET', '/v1/procedures/departure@2.1'))[1]).toBe(
    'PROCEDURE_NOT_FOUND',
  );
  expect(await other.list()).toHaveLength(2);
  await other.close();
});

test('makes a version that says who made it, of what and why, is in the audit, and is in force for nobody yet', async () => {
  const reply = await api.make({ archiveDay: 45 });
  expect(reply).toMatchObject({
    status: 201,
    body: {
      ...{ name: 'departure@2.1', kind: 'departure', origin: 'own', inForce: false },
      ...{ basedOn: 'departure@2', reason: 'quicker', madeBy: api.ownerId },
      template: { ...api.template, archiveDay: 45 },
    },
  });
  expect(reply.headers.get('location')).toBe('/v1/procedures/departure@2.1');
  const shown = await api.request('GET', '/v1/procedures/departure@2.1');
  expect(shown.body).toMatchObject({ template: { archiveDay: 45 }, madeAt: '2027-01-11T09:00:00.000Z' });
  const detail = { name: 'departure@2.1', basedOn: 'departure@2', reason: 'quicker' };
  expect(await api.audited('procedure.made')).toEqual([{ actorId: api.ownerId, detail }]);
  const taken = await api.request('POST', '/v1/departures', await aLeaver(api));
  expect(taken.body['plan']).toMatchObject({ procedure: 'departure@2' });
});

test('shows the difference for a sample without making anything', async () => {
  const dayZero = (api.template['dayZero'] as readonly string[]).toSpliced(
    ...([1, 2, 'rotatePassword', 'disableAccount'] as const),
  );
  const changes = {
    ...{ archiveDay: 45, proofDays: [1, 7, 14], leavesOut: ['removeMemberships'] },
    dayZero: dayZero.filter((kind) => kind !== 'removeMemberships'),
  };
  const { status, body } = await api.make(changes, { dryRun: true });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ dryRun: true, name: 'departure@2.1' },
    difference: {
      sample: { day: '2031-06-02', time: '17:30', timeZone: 'Europe/Zurich' },
      ...{ from: 'departure@2', to: 'departure@2.1' },
      added: [{ key: 'prove-day-14', kind: 'proveLockedOut' }],
      removed: [{ key: 'remove-memberships' }, { key: 'prove-day-30' }],
      reordered: ['rotate-password', 'disable-account'],
      moved: [
        {
          key: 'archive-mailbox',
          from: { local: '2031-08-01T17:30+02:00' },
          to: { local: '2031-07-17T17:30+02:00' },
        },
      ],
    },
  });
  expect(body['difference']).not.toHaveProperty('keeps');
  expect(await api.list()).toHaveLength(2);
});

test('of several people who edit at once one makes a version, and the others are told of it', async () => {
  const replies = await Promise.all([44, 45, 46, 47].map((archiveDay) => api.make({ archiveDay })));
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  const outdated = { code: 'PROCEDURE_OUTDATED', field: '/basedOn', newest: 'departure@2.1' };
  for (const { status, body } of replies) if (status === 409) expect(body).toMatchObject(outdated);
  for (const basedOn of ['departure@2', 'departure@1'])
    for (const dryRun of [true, false])
      expect((await api.make({}, { basedOn, dryRun })).body).toMatchObject(outdated);
  for (const basedOn of ['departure@9', 'departure', 'departure@2.2'])
    expect(refusalOf(await api.make({}, { basedOn }))).toEqual([422, 'PROCEDURE_UNKNOWN', '/basedOn']);
});

test('makes one version for one Idempotency-Key, also where an attempt ended before its answer', async () => {
  const options = { idempotencyKey: 'edit-1' };
  const { audit } = api.repositories;
  const append = audit.append.bind(audit);
  audit.append = () => Promise.reject(new StoreUnavailable('The database did not answer.'));
  expect(refusalOf(await api.make({}, {}, options))[1]).toBe('STORE_UNAVAILABLE');
  audit.append = append;
  const replies = await Promise.all([api.make({}, {}, options), api.make({}, {}, options)]);
  expect(replies.map(({ status }) => status)).toEqual([201, 201]);
  expect((await api.make({}, {}, options)).body).toEqual(replies[0].body);
  expect(await api.list()).toHaveLength(3);
  expect(await api.audited('procedure.made')).toHaveLength(1);
  const other = await api.make({ archiveDay: 45 }, {}, options);
  expect(refusalOf(other)).toEqual([422, 'IDEMPOTENCY_MISMATCH', 'Idempotency-Key']);
});

test('reads as JSON, Markdown or a page, by the query or by what is accepted', async () => {
  const typeOf = async (path: string, accept?: string) =>
    (await api.read(path, accept)).headers.get('content-type');
  expect(await typeOf('departure@2')).toBe('application/json; charset=utf-8');
  expect(await typeOf('departure@2', 'application/json, text/markdown')).toContain('json');
  expect(await typeOf('departure@2?format=json', 'text/html')).toContain('json');
  expect(await typeOf('in-force?format=html')).toBe('text/html; charset=utf-8');
  const markdown = await api.read('departure@2', 'text/markdown');
  expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(markdown.headers.get('vary')).toContain('Accept');
  expect(markdown.text).toContain('# Procedure: departure of a person');
  const page = await api.read('departure@2', 'text/html,application/xhtml+xml,*/*;q=0.8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.text).toContain('<h1>Procedure: departure of a person</h1>');
  const pdf = await api.request('GET', '/v1/procedures/departure@2?format=pdf');
  expect(refusalOf(pdf)).toEqual([400, 'INVALID_REQUEST', 'format']);
  for (const name of ['departure@2.1', 'departure@99', 'onboarding@2', 'constructor']) {
    const unknown = await api.request('GET', `/v1/procedures/${name}`);
    expect(refusalOf(unknown)).toEqual([404, 'PROCEDURE_NOT_FOUND', undefined]);
  }
});

test('who reads departures reads procedures; who administers the organisation edits them', async () => {
  const reader = { key: await api.keyWith(['departures:read']) };
  const outsider = { key: await api.keyWith(['people:*', 'departures:write', 'organisation:read']) };
  for (const path of ['', '/in-force', '/departure@2']) {
    expect((await api.request('GET', `/v1/procedures${path}`, undefined, reader)).status).toBe(200);
    const refused = await api.request('GET', `/v1/procedures${path}`, undefined, outsider);
    expect(refused.body['code']).toBe('SCOPE_MISSING');
  }
  for (const options of [reader, outsider]) {
    expect((await api.make({}, {}, options)).body['code']).toBe('SCOPE_MISSING');
    expect((await api.putInForce('departure@2', 'departure@2', options)).body['code']).toBe('SCOPE_MISSING');
  }
  const editor = { key: await api.keyWith(['organisation:write']) };
  expect((await api.make({}, {}, editor)).status).toBe(201);
  expect((await api.putInForce('departure@2.1', 'departure@2', editor)).status).toBe(200);
});

test.each(['PUT', 'PATCH', 'DELETE'])('%s changes no version that there is', async (method) => {
  const reply = await api.request(method, '/v1/procedures/departure@2', {});
  expect(refusalOf(reply)).toEqual([405, 'METHOD_NOT_ALLOWED', undefined]);
});
