import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { cli } from '../../support/fake-terminal.ts';
import { inTurn, shownStep, shownView } from '../../support/shown-view.ts';
import { startStubServer } from '../../support/stub-server.ts';
import type { Stub, StubServer } from '../../support/stub-server.ts';

let server: StubServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function against(stub: Stub, args: readonly string[]) {
  server = await startStubServer(stub);
  return cli(['--url', server.url, ...args], { GANGWAY_API_KEY: 'gw_key' });
}

test('departures are listed over all pages', async () => {
  const item = (n: number) => shownView('running', [], { id: `cas_${n}` });
  const pages: Stub = ({ path }) =>
    path.includes('after=cas_1')
      ? { body: { items: [item(2)] } }
      : { body: { items: [item(1)], next: 'cas_1' } };
  const { out } = await against(pages, ['departures', '--state', 'running', '--json']);
  expect((JSON.parse(out) as { items: object[] }).items).toMatchObject([{ id: 'cas_1' }, { id: 'cas_2' }]);
  expect(server!.seen.map((one) => one.path)).toEqual([
    '/v1/departures?state=running&limit=200',
    '/v1/departures?state=running&limit=200&after=cas_1',
  ]);
});

test('several steps to approve are named, not chosen from', async () => {
  const gates = ['redirect-gate', 'purge-gate'].map((key) => {
    return { ...shownStep, key, status: 'waiting', needsApproval: true };
  });
  const { code, err } = await against(inTurn(shownView('running', gates)), ['approve', 'cas_1']);
  expect([code, err]).toEqual([2, expect.stringContaining('redirect-gate, purge-gate')]);
});

test('a key whose text was lost on the way is told, with what to revoke', async () => {
  const lost: Stub = () => ({ status: 201, body: { id: 'key_1' } });
  const { code, err } = await against(lost, ['key', 'create', '--owner', 'HR', '--scopes', 'people:read']);
  expect([code, err]).toEqual([1, expect.stringMatching(/key_1 .*\(KEY_LOST\)/u)]);
});

describe('the exit code and the words', () => {
  test('nobody there is 3, and names what to do', async () => {
    server = await startStubServer(() => 'gone');
    const { code, err } = await cli(['--url', server.url, 'key', 'create', '--owner', 'x', '--scopes', 'y'], {
      GANGWAY_API_KEY: 'gw_key',
    });
    expect([code, err]).toEqual([3, expect.stringContaining('npm start')]);
  }, 60_000);

  test('something behind Gangway that stays away is 3 as well', async () => {
    const away: Stub = () => ({
      status: 503,
      headers: { 'retry-after': '60' },
      body: { code: 'ENGINE_UNAVAILABLE', title: 'The engine does not answer.', status: 503 },
    });
    const { code, err } = await against(away, ['departures']);
    expect([code, err]).toEqual([3, 'gangway: The engine does not answer. (ENGINE_UNAVAILABLE)\n']);
  });

  test.each([502, 504])('a proxy that says %s for Gangway is 3 as well', async (status) => {
    const proxy: Stub = () => ({ status, headers: { 'retry-after': '60' }, body: '<html>' });
    expect((await against(proxy, ['departures'])).code).toBe(3);
  });

  test('what answers and is not Gangway is told so', async () => {
    const { code, err } = await against(() => ({ status: 404, body: '<html>' }), ['departures']);
    expect([code, err]).toEqual([4, expect.stringContaining('is this the address of Gangway?')]);
  });

  test.each([
    ['an unknown command', ['bogus']],
    ['an unknown option', ['departures', '--bogus']],
    ['a state that is none', ['departures', '--state', 'bogus']],
    ['a missing argument', ['watch']],
    ['a missing reason', ['depart', 'lea@example.com', '--urgent']],
    ['no scopes', ['key', 'create', '--owner', 'HR', '--scopes', ',']],
  ])('%s is 2, and nobody is asked anything', async (_what, args) => {
    const { code, out, err } = await against(() => ({}), args);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
    expect(server!.seen).toEqual([]);
  });

  test('with --json there is one document even then', async () => {
    const { out } = await against(() => ({}), ['departures', '--bogus', '--json']);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'USAGE' } });
  });

  test('help is fine', async () => {
    const { code, out } = await cli(['--help'], {});
    expect([code, out]).toEqual([0, expect.stringContaining('Exit codes:')]);
  });
});

describe('the key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-key-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is needed, and never an argument', async () => {
    const { code, err } = await cli(['departures'], {});
    expect([code, err]).toEqual([2, expect.stringContaining('GANGWAY_API_KEY')]);
    expect((await cli(['--help'], {})).out).not.toMatch(/--key </u);
  });

  test('comes from the file that is named, else from the environment or the file that names', async () => {
    const file = join(folder, 'key');
    writeFileSync(file, 'gw_from_file\n');
    server = await startStubServer(() => ({ body: { items: [] } }));
    const { url } = server;
    await cli(['--url', url, 'departures', '--key-file', file], { GANGWAY_API_KEY: 'gw_other' });
    await cli(['--url', url, 'departures'], { GANGWAY_API_KEY_FILE: file });
    await cli(['--url', url, 'departures'], { GANGWAY_API_KEY: 'gw_direct' });
    expect(server.seen.map((one) => one.key)).toEqual([
      'Bearer gw_from_file',
      'Bearer gw_from_file',
      'Bearer gw_direct',
    ]);
    const missing = await cli(['departures', '--key-file', join(folder, 'none')], {});
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('KEY_FILE_UNREADABLE')]);
  });
});
