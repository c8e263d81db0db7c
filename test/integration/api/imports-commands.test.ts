import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NO_ROWS } from '../../../shared/domain/imports/people-import.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { startTestApi, type Json, type Reply, type TestApi } from '../../support/test-api.ts';
import { changed, importOf, staged, uploaded } from '../../support/uploaded-imports.ts';

let api: TestApi;
let id: string;
let files = 0;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  files += 1;
  id = await uploaded(
    api,
    `first_name,Kolonne 2,last_name,Passwort\nAda,Byron,Nr. ${String(files)},geheim\n`,
  );
});

interface Told {
  readonly key?: string;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
}
function tell(command: string, { key, ifMatch, idempotencyKey = newId('key') }: Told = {}): Promise<Reply> {
  return api.request('POST', `/v1/imports/${id}/${command}`, undefined, {
    ...(key === undefined ? {} : { key }),
    ...(ifMatch === undefined ? {} : { headers: { 'If-Match': ifMatch } }),
    idempotencyKey,
  });
}
const patch = (body: Json, where = '', headers = {}): Promise<Reply> =>
  api.request('PATCH', `/v1/imports/${id}${where}`, body, { headers });
const map = (...columns: readonly Json[]): Promise<Reply> => patch({ columns }, '/mapping');
const refusal = ({ status, body }: Reply): unknown => [status, body['code']];
const toldOf = (): readonly unknown[] =>
  api.imports.told
    .filter(({ importId }) => importId === id)
    .map(({ mode, number }) => `${mode} ${String(number)}`);
const audited = async (): Promise<readonly unknown[]> => {
  const { connection } = api.repositories.database;
  const entries = await connection.collection('audit').find({ orgId: api.orgId }).toArray();
  return entries
    .filter((entry) => JSON.stringify(entry).includes(id))
    .map((entry) => entry['action'] as unknown)
    .filter((action) => action !== 'import.uploaded')
    .toSorted();
};
const ready = () =>
  staged(
    api,
    id,
    [{ number: 1, line: 2, values: ['Ada'], dryRun: { status: 'created', address: 'a@b.example' } }],
    'dry_run',
  );

describe('the mapping', () => {
  test('is corrected by header; what is not named is guessed', async () => {
    const reply = await map({ header: 'Kolonne 2', field: 'lastName' }, { header: 'Passwort', field: null });
    expect(reply.body['columns']).toEqual([
      { header: 'first_name', field: 'firstName' },
      { header: 'Kolonne 2', field: 'lastName' },
      { header: 'last_name', field: null },
      { header: 'Passwort', field: null },
    ]);
    expect((await map()).body['columns']).toContainEqual({ header: 'last_name', field: 'lastName' });
    expect(await audited()).toEqual(['import.mapped', 'import.mapped']);
  });

  test('says what is missing as long as something is, and is refused where it makes no sense', async () => {
    const reply = await map({ header: 'last_name', field: null });
    expect(reply.body).toMatchObject({
      state: 'uploaded',
      mappingFaults: [{ code: 'IMPORT_COLUMN_MISSING', field: 'lastName' }],
    });
    expect((await map()).body['state']).toBe('mapped');
    const unknown = await map({ header: 'Nachname', field: 'lastName' });
    expect([refusal(unknown), unknown.body['headers']]).toEqual([
      [422, 'IMPORT_COLUMN_UNKNOWN'],
      ['Nachname'],
    ]);
    const twice = await map(
      { header: 'Kolonne 2', field: 'lastName' },
      { header: 'last_name', field: 'lastName' },
    );
    expect([refusal(twice), twice.body['column']]).toEqual([[422, 'IMPORT_FIELD_TWICE'], 'lastName']);
    expect((await importOf(api, id)).corrections).toEqual([]);
  });

  test('voids a dry run, and names no other column for passwords once they were read', async () => {
    await ready();
    await changed(api, id, { passwordColumn: 3 });
    expect(refusal(await map({ header: 'Kolonne 2', field: 'password' }))).toEqual([
      ...[409, 'IMPORT_PASSWORDS_WIPED'],
    ]);
    expect((await api.request('GET', `/v1/imports/${id}`)).body).toHaveProperty('dryRun');
    const corrected = await map({ header: 'Kolonne 2', field: 'department' });
    expect(corrected.body['state']).toBe('mapped');
    expect(corrected.body).not.toHaveProperty('dryRun');
    expect(refusal(await tell('launch'))).toEqual([409, 'IMPORT_STATE']);
    expect((await tell('dry-run')).status).toBe(202);
    expect((await importOf(api, id)).dryRun).toMatchObject({ number: 2, rows: 0, counts: NO_ROWS });
  });

  test('is changed by one of several who have seen the same', async () => {
    const tag = { 'If-Match': '"0"' };
    const body = { columns: [] };
    const statuses = (await Promise.all([1, 2, 3].map(() => patch(body, '/mapping', tag)))).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([200, 412, 412]);
  });
});

describe('the settings', () => {
  test('void a dry run where they change what it showed', async () => {
    await ready();
    expect((await patch({ welcomeMail: true })).body).toMatchObject({
      ...{ state: 'ready', settings: { welcomeMail: true, onTaken: 'next' } },
    });
    expect((await patch({ onTaken: 'refuse' })).body['state']).toBe('mapped');
  });

  test('are fixed while it is tried or carried out; the rate is not, and its workflow hears of it', async () => {
    await ready();
    await tell('launch');
    for (const body of [{ onTaken: 'refuse' }, { welcomeMail: true }, { mostInvalidPercent: 1 }])
      expect(refusal(await patch(body))).toEqual([409, 'IMPORT_STATE']);
    await changed(api, id, { unheard: false });
    const rate = { rows: 50, perHours: 24 };
    expect((await patch({ rate })).body['rate']).toEqual(rate);
    expect(await importOf(api, id)).toMatchObject({ rate, unheard: true });
    expect((await patch({ rate: null })).body).not.toHaveProperty('rate');
    expect(toldOf()).toEqual(['run 1', 'run 1', 'run 1']);
    await changed(api, id, { state: 'finished' });
    expect(refusal(await patch({ rate }))).toEqual([409, 'IMPORT_STATE']);
  });
});

describe('a dry run', () => {
  test('begins once however often it is asked for with one key', async () => {
    const idempotencyKey = newId('key');
    const [first, again] = [
      await tell('dry-run', { idempotencyKey }),
      await tell('dry-run', { idempotencyKey }),
    ];
    expect([first.status, first.body['state'], again.body]).toEqual([202, 'dry_run', first.body]);
    expect(toldOf()).toEqual(['dry_run 1']);
    expect(await importOf(api, id)).toMatchObject({ unheard: true, dryRun: { number: 1 } });
    expect(refusal(await tell('dry-run'))).toEqual([409, 'IMPORT_STATE']);
    expect(await audited()).toEqual(['import.tried']);
  });

  test('begins also while the engine is away: it is told later', async () => {
    api.imports.isDown = true;
    try {
      expect((await tell('dry-run')).status).toBe(202);
    } finally {
      api.imports.isDown = false;
    }
    expect((await importOf(api, id)).unheard).toBe(true);
  });

  test('of which an attempt died goes on when it is repeated, and is none twice', async () => {
    const { audit } = api.repositories;
    const append = audit.append.bind(audit);
    Object.assign(audit, { append: () => Promise.reject(new Error('it dies here')) });
    const idempotencyKey = newId('key');
    expect((await tell('dry-run', { idempotencyKey })).status).toBe(500);
    Object.assign(audit, { append });
    expect((await tell('dry-run', { idempotencyKey })).status).toBe(202);
    expect((await importOf(api, id)).dryRun?.number).toBe(1);
    expect(await audited()).toEqual(['import.tried']);
  });

  test('of a file that is not there any more does not begin: it would never end', async () => {
    await rm(join(api.context.uploads.folder, api.orgId, id));
    expect(refusal(await tell('dry-run'))).toEqual([409, 'IMPORT_FILE_GONE']);
    expect((await importOf(api, id)).state).toBe('mapped');
  });

  test('needs a key for its repetition', async () => {
    const reply = await api.request('POST', `/v1/imports/${id}/dry-run`);
    expect(refusal(reply)).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
  });
});

describe('a launch', () => {
  test('is as whoever asks for it, once', async () => {
    await ready();
    const reply = await tell('launch');
    expect([reply.status, reply.body['state']]).toEqual([202, 'running']);
    expect(await importOf(api, id)).toMatchObject({
      ...{ unheard: true, run: { number: 1, rows: 0 } },
      actor: { ownerId: api.ownerId },
    });
    expect(refusal(await tell('launch'))).toEqual([409, 'IMPORT_STATE']);
    expect(toldOf()).toEqual(['run 1']);
    expect(await audited()).toEqual(['import.launched']);
  });

  test('with departures needs their scope too', async () => {
    const theImport = await ready();
    const { dryRun } = theImport;
    await changed(api, id, { dryRun: { ...dryRun!, counts: { ...NO_ROWS, departures: 1 } } });
    const key = await api.keyWith(['people:write']);
    expect(refusal(await tell('launch', { key }))).toEqual([403, 'SCOPE_MISSING']);
    expect((await importOf(api, id)).state).toBe('ready');
    const both = await api.keyWith(['people:write', 'departures:write']);
    expect((await tell('launch', { key: both })).status).toBe(202);
    expect((await importOf(api, id)).actor?.scopes).toEqual(['people:write', 'departures:write']);
  });

  test('of what nobody has seen tried is refused, with what is possible', async () => {
    const { body } = await tell('launch');
    expect(body).toMatchObject({ code: 'IMPORT_STATE', state: 'mapped' });
    expect(body['possible']).toEqual(['mapping', 'settings', 'rate', 'dry-run', 'abort']);
  });

  test('of another revision than was looked at is refused', async () => {
    await ready();
    expect((await tell('launch', { ifMatch: '"0"' })).status).toBe(412);
    expect((await tell('launch', { ifMatch: `"${String((await importOf(api, id)).rev)}"` })).status).toBe(
      202,
    );
  });
});

test('it is paused and goes on, and its workflow hears of both', async () => {
  await tell('dry-run');
  const paused = await tell('pause');
  expect(paused.body).toMatchObject({ state: 'dry_run', paused: { by: api.ownerId } });
  expect(refusal(await tell('pause'))).toEqual([409, 'IMPORT_STATE']);
  const going = await tell('resume');
  expect(going.body).not.toHaveProperty('paused');
  expect(refusal(await tell('resume'))).toEqual([409, 'IMPORT_STATE']);
  expect(toldOf()).toEqual(['dry_run 1', 'dry_run 1', 'dry_run 1']);
  expect(await audited()).toEqual(['import.paused', 'import.resumed', 'import.tried']);
});

test('what was waited for says nothing of one that is paused, and again when it goes on', async () => {
  const waiting = {
    untilMs: api.clock.nowMs + 60_000,
    for: 'rate',
    limit: { most: 1, periodMs: 60_000 },
  } as const;
  await tell('dry-run');
  await changed(api, id, { waiting });
  const shown = { until: new Date(waiting.untilMs).toISOString(), for: 'rate' };
  expect((await api.request('GET', `/v1/imports/${id}`)).body['waiting']).toEqual(shown);
  expect((await tell('pause')).body).not.toHaveProperty('waiting');
  expect((await tell('resume')).body['waiting']).toEqual(shown);
});

describe('aborted', () => {
  const upload = (): string => join(api.context.uploads.folder, api.orgId, id);

  test('before it began it is over at once, and its file is gone', async () => {
    const { status, body } = await tell('abort');
    expect([status, body['state'], body['stopped']]).toMatchObject([
      ...[200, 'stopped', { kind: 'ABORTED', by: api.ownerId, sentence: 'Somebody aborted it.' }],
    ]);
    await expect(access(upload())).rejects.toThrow('ENOENT');
    expect(toldOf()).toEqual([]);
    expect(refusal(await tell('abort'))).toEqual([409, 'IMPORT_STATE']);
  });

  test('while it runs its workflow hears of it', async () => {
    await tell('dry-run');
    await tell('pause');
    const { body } = await tell('abort');
    expect(body['state']).toBe('stopped');
    expect(body).not.toHaveProperty('paused');
    expect((await importOf(api, id)).unheard).toBe(true);
    expect(toldOf()).toHaveLength(3);
    // Its workflow may be reading it.
    await access(upload());
  });
});
