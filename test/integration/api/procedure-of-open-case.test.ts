import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  aLeaver,
  localOf,
  refusalOf,
  startProcedureApi,
  stepsOf,
  type ProcedureApi,
} from '../../support/procedures.ts';
import type { Json } from '../../support/test-api.ts';

let api: ProcedureApi;
let id: string;
let workflowId: string;

/** A departure by `departure@2.1`, when `departure@2.2` is in force already and `departure@2.3` is made. */
beforeAll(async () => {
  api = await startProcedureApi();
  await api.make({ archiveDay: 45, proofDays: [2, 9] });
  await api.putInForce('departure@2.1', 'departure@2');
  id = String((await api.request('POST', '/v1/departures', await aLeaver(api))).body['id']);
  workflowId = `departure:${api.orgId}:${id}`;
  await api.make({ archiveDay: 30 }, { basedOn: 'departure@2.1' });
  await api.putInForce('departure@2.2', 'departure@2.1');
  await api.make({}, { basedOn: 'departure@2.2' });
});
afterAll(() => api.close());

let keys = 0;
const command = (path: string, body: Json) =>
  api.request('POST', `/v1/departures/${id}/${path}`, body, { idempotencyKey: `c-${(keys += 1)}` });
const show = () => api.request('GET', `/v1/departures/${id}`);
const start = (key: string) =>
  api.engine.tell(workflowId, { kind: 'stepStarted', key, round: 1, atMs: api.clock.nowMs });

test('keeps its version when another is in force, also when it is moved to another day', async () => {
  expect((await show()).body['plan']).toMatchObject({ procedure: 'departure@2.1' });
  expect((await command('reschedule', { lastDay: '2027-02-26' })).status).toBe(200);
  const moved = await show();
  expect(moved.body['plan']).toMatchObject({ procedure: 'departure@2.1', version: 2 });
  const proofs = stepsOf(moved).filter(({ key }) => key.startsWith('prove-day'));
  expect(proofs.map(({ key }) => key)).toEqual(['prove-day-0', 'prove-day-2', 'prove-day-9']);
  expect(localOf(stepsOf(moved), 'archive-mailbox')).toBe('2027-04-12T17:30+02:00');
});

test('goes to no older version, to none that is not there, and not to its own', async () => {
  for (const version of ['departure@1', 'departure@2', 'departure@2.1'])
    expect(refusalOf(await command('procedure', { version }))).toEqual([
      ...[409, 'PROCEDURE_NOT_NEWER', '/version'],
    ]);
  const unknown = await command('procedure', { version: 'departure@2.4' });
  expect(refusalOf(unknown)).toEqual([422, 'PROCEDURE_UNKNOWN', '/version']);
});

test('goes to a newer one with everything that was started, also what the newer one does not have', async () => {
  await start('prove-day-2');
  const shown = await command('procedure', { version: 'departure@2.2', dryRun: true });
  expect(shown.body).toMatchObject({ keeps: ['prove-day-2'], removed: [{ key: 'prove-day-9' }] });
  expect((await command('procedure', { version: 'departure@2.2' })).status).toBe(200);
  const moved = await show();
  expect(moved.body['plan']).toMatchObject({ procedure: 'departure@2.2', version: 3 });
  const known = stepsOf(moved).map(({ key }) => key);
  expect(known).toEqual(expect.arrayContaining(['prove-day-1', 'prove-day-2', 'prove-day-7']));
  expect(known).not.toContain('prove-day-9');
  const gate = (moved.body['steps'] as readonly Json[]).find(({ key }) => key === 'purge-gate');
  expect(gate?.['dependsOn']).toContain('prove-day-2');
});

test('stays with its version once the purge gate was tried: what was approved is carried out as it is', async () => {
  await start('purge-gate');
  for (const dryRun of [true, false]) {
    const refused = await command('procedure', { version: 'departure@2.3', dryRun });
    expect(refusalOf(refused)).toEqual([409, 'PROCEDURE_GATE_TRIED', undefined]);
  }
});
