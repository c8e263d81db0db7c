import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { cli } from '../../support/fake-terminal.ts';
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

const instant = { utc: '2027-01-29T16:30:00.000Z', local: '2027-01-29T17:30+01:00' };
const step = { kind: 'x', needsApproval: false, rounds: [] };

function view(state: string, steps: readonly object[], more: object = {}) {
  const plan = { timeZone: 'Europe/Zurich' };
  return {
    id: 'cas_1',
    personId: 'per_1',
    state,
    needsAttention: false,
    leaveAt: instant,
    plan,
    steps,
    ...more,
  };
}

/** Each look finds the next one; the last is found again and again. */
const inTurn = (...views: readonly object[]): Stub => {
  let looked = 0;
  return () => ({ body: views[Math.min(looked++, views.length - 1)] });
};

describe('watch', () => {
  const waiting = { ...step, key: 'disable-account', status: 'waiting', dueAt: instant };
  const done = { ...waiting, status: 'done', settledAt: instant.utc };
  const red = {
    ...waiting,
    status: 'failed',
    error: { code: 'TARGET_UNAVAILABLE', sentence: 'It is down.' },
  };

  test('prints what is new with its local instant, and ends with the case', async () => {
    const closed = view('completed', [done], { closedAt: instant.utc });
    const looks = inTurn(view('scheduled', [waiting], { dueAt: instant }), closed);
    const { code, out } = await against(looks, ['watch', 'cas_1']);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'The departure is scheduled, next: 2027-01-29 17:30 +01:00  disable-account.',
      '2027-01-29 17:30 +01:00  disable-account            done',
      'The departure is completed.',
      '',
    ]);
  });

  test('that ends with a case in need of somebody says so by its exit code, and why', async () => {
    const looks = inTurn(view('needs_attention', [red], { needsAttention: true }));
    const { code, out } = await against(looks, ['watch', 'cas_1', '--until', 'needs_attention']);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('failed          It is down. (TARGET_UNAVAILABLE)'),
    ]);
  });

  test('is one JSON document a line with --json', async () => {
    const looks = inTurn(view('completed', [done], { closedAt: instant.utc }));
    const { out } = await against(looks, ['watch', 'cas_1', '--json']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { type: 'step', step: 'disable-account', status: 'done', at: instant.utc },
      { type: 'departure', id: 'cas_1', state: 'completed', needsAttention: false, closedAt: instant.utc },
    ]);
  });
});

test('departures are listed over all pages', async () => {
  const item = (n: number) => view('running', [], { id: `cas_${n}` });
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
    return { ...step, key, status: 'waiting', needsApproval: true };
  });
  const { code, err } = await against(inTurn(view('running', gates)), ['approve', 'cas_1']);
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
