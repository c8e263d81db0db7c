import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runCli } from '../../../cli/run-cli.ts';
import { openStream } from '../../support/event-stream.ts';
import { cli, createFakeTerminal } from '../../support/fake-terminal.ts';
import type { FakeTerminal, TypedAnswer } from '../../support/fake-terminal.ts';
import { createTestPerson, startTestApi } from '../../support/test-api.ts';
import type { Json, TestApi } from '../../support/test-api.ts';

/* The commands over the real API, with an engine that judges as the real one does. */
const LAST_DAY = ['--last-day', '2027-03-31', '--reason', 'moves on'];

let api: TestApi;
let contactId: string;
let address: string;
let personId: string;
let people = 0;

beforeAll(async () => {
  api = await startTestApi();
  contactId = await createTestPerson(api, { address: 'contact@harbour.example' });
});
afterAll(() => api.close());
beforeEach(async () => {
  address = `leaver${(people += 1)}@harbour.example`;
  personId = await createTestPerson(api, { address, firstName: 'Lea', lastName: 'Kern' });
});

function run(
  args: readonly string[],
  options: { readonly key?: string; readonly answers?: readonly TypedAnswer[] } = {},
) {
  const env = { GANGWAY_API_KEY: options.key ?? api.key, GANGWAY_PUBLIC_URL: api.url };
  return cli(args, env, options.answers);
}

async function departed(): Promise<string> {
  const { out } = await run(['--json', 'depart', address, ...LAST_DAY, '--yes']);
  return String((JSON.parse(out) as Json)['id']);
}

describe('depart', () => {
  test('asks for the departure of the person with this address, and says how to see it', async () => {
    const { code, out } = await run(['depart', address, ...LAST_DAY, '--yes', '--contact', contactId]);
    expect(code).toBe(0);
    const [id] = out.split('\n');
    expect(out).toContain(`Lea Kern leaves 2027-03-31 17:30 +02:00`);
    expect(out).toContain(`gangway watch ${id}`);
    const { body } = await api.request('GET', `/v1/departures/${id}`);
    expect(body).toMatchObject({ personId, request: { contactPersonId: contactId, reason: 'moves on' } });
  });

  test('shows the plan and asks first; anything but yes asks for nothing', async () => {
    const no = await run(['depart', address, ...LAST_DAY], { answers: ['n'] });
    expect([no.code, no.out]).toEqual([2, '']);
    expect(no.err).toContain('disable-account');
    expect((await run(['departures', '--person', address])).out).toBe('There is no such departure.\n');
    const yes = await run(['depart', address, ...LAST_DAY], { answers: ['yes'] });
    expect(yes.code).toBe(0);
  });

  test('does nothing where nobody can be asked, unless told to', async () => {
    const { code, err } = await run(['depart', address, ...LAST_DAY]);
    expect([code, err]).toEqual([2, expect.stringContaining('NOT_CONFIRMED')]);
    expect((await run(['departures', '--person', address])).out).toBe('There is no such departure.\n');
  });

  test('guesses nobody: who is only similar is named as a candidate', async () => {
    const { code, out, err } = await run(['--json', 'depart', address.slice(0, -3), ...LAST_DAY, '--yes']);
    expect(code).toBe(2);
    expect(err).toContain(`${personId}  Lea Kern <${address}> (PERSON_NOT_CLEAR)`);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: 'PERSON_NOT_CLEAR', candidates: [{ id: personId }] },
    });
    expect((await run(['depart', 'nobody@harbour.example', ...LAST_DAY, '--yes'])).code).toBe(2);
  });

  test('is held to the plan it was shown: a change in between is refused', async () => {
    const yes = async (): Promise<string> => {
      await api.request('PATCH', `/v1/people/${personId}`, { managerId: contactId });
      return 'yes';
    };
    const { code, err } = await run(['depart', address, ...LAST_DAY], { answers: [yes] });
    expect([code, err]).toEqual([4, expect.stringContaining('(PLAN_CHANGED, ')]);
    expect((await run(['departures', '--person', address])).out).toBe('There is no such departure.\n');
  });

  test('passes further fields on, and says which one the API refuses', async () => {
    const file = join(api.archiveFolder, 'fields.json');
    writeFileSync(file, JSON.stringify({ autoReply: { enabled: false } }));
    expect((await run(['simulate', address, ...LAST_DAY, '--fields', file])).code).toBe(0);
    writeFileSync(file, JSON.stringify({ nonsense: true }));
    const { code, err } = await run(['simulate', address, ...LAST_DAY, '--fields', file]);
    expect([code, err]).toEqual([4, expect.stringContaining('(UNKNOWN_FIELD, /nonsense)')]);
    writeFileSync(file, 'no JSON');
    expect((await run(['simulate', address, ...LAST_DAY, '--fields', file])).code).toBe(2);
  });

  test('a second departure of the same person is refused with the sentence of the API', async () => {
    await departed();
    const { code, out, err } = await run(['--json', 'depart', address, ...LAST_DAY, '--yes']);
    expect(code).toBe(4);
    expect(err).toBe('gangway: The person has an open departure already. (DEPARTURE_EXISTS, /personId)\n');
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'DEPARTURE_EXISTS', status: 409 } });
  });
});

describe('simulate', () => {
  test('shows each step with its local instant and its calls, and writes nothing', async () => {
    const { code, out } = await run(['simulate', address, ...LAST_DAY]);
    expect(code).toBe(0);
    expect(out).toContain(`Lea Kern <${address}> leaves 2027-03-31 17:30 +02:00 (Europe/Zurich)`);
    expect(out).toMatch(/2027-03-31 17:30 \+02:00 {2}disable-account +directory\.disable/u);
    expect(out).toContain('There is nobody the auto-reply could name');
    expect((await run(['departures', '--person', personId])).out).toBe('There is no such departure.\n');
  });

  test('gives the whole simulation as JSON', async () => {
    const { out } = await run(['simulate', personId, ...LAST_DAY, '--json']);
    expect(JSON.parse(out)).toMatchObject({ personId, warnings: ['NO_CONTACT'] });
  });
});

describe('departures', () => {
  test('are listed by state, person and due instant', async () => {
    const id = await departed();
    const listed = async (...options: readonly string[]): Promise<readonly unknown[]> => {
      const { out } = await run(['--json', 'departures', '--person', address, ...options]);
      return (JSON.parse(out) as { readonly items: readonly Json[] }).items.map((one) => one['id']);
    };
    expect(await listed()).toEqual([id]);
    expect(await listed('--state', 'scheduled')).toEqual([id]);
    expect(await listed('--state', 'completed')).toEqual([]);
    expect(await listed('--needs-attention')).toEqual([]);
    expect(await listed('--due-until', '2027-12-31')).toEqual([id]);
    expect(await listed('--due-until', '2027-01-12')).toEqual([]);
    expect((await run(['departures', '--person', address])).out).toContain(`${id}  ${personId}  scheduled`);
  });
});

describe('watch', () => {
  const SETTLED = { kind: 'stepSettled', outcome: 'done', key: 'notify-manager', round: 1, atMs: 1 } as const;

  /** Lines that were printed until this one. */
  async function printed(terminal: FakeTerminal, line: RegExp): Promise<void> {
    const giveUpAt = performance.now() + 10_000;
    while (!line.test(terminal.written.out)) {
      if (performance.now() > giveUpAt) throw new Error(`it was not printed: ${terminal.written.out}`);
      await sleep(20);
    }
  }

  test('shows what happens as it happens, to the end, also over a server that stops', async () => {
    const id = await departed();
    const workflowId = `departure:${api.orgId}:${id}`;
    const terminal = createFakeTerminal({ GANGWAY_API_KEY: api.key });
    const stops = await startTestApi();
    const watching = runCli(['--url', stops.url, 'watch', id], terminal);
    await printed(terminal, /The departure is scheduled, next: /u);
    stops.drain();
    await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'notify-manager', round: 1, atMs: 1 });
    await printed(terminal, /notify-manager +running\n/u);
    await api.engine.tell(workflowId, SETTLED);
    await printed(terminal, /notify-manager +done\n/u);
    await api.request('POST', `/v1/departures/${id}/pause`, {}, { idempotencyKey: 'pause' });
    await printed(terminal, /The departure is paused/u);
    await api.engine.tell(workflowId, { kind: 'closed', atMs: 1 });
    expect([await watching, terminal.written.err]).toEqual([0, '']);
    expect(terminal.written.out).toMatch(/The departure is completed\.\n$/u);
    expect(terminal.written.out.match(/notify-manager +running/gu)).toHaveLength(1);
    await stops.close();
  });

  test('is refused with the sentence of the API: an unknown departure, and more streams than a key may have', async () => {
    const unknown = await run(['watch', 'cas_unknown']);
    expect([unknown.code, unknown.err]).toEqual([4, expect.stringContaining('(DEPARTURE_NOT_FOUND)')]);
    const id = await departed();
    const url = `${api.url}/v1/departures/${id}/events`;
    const streams = await Promise.all([1, 2, 3].map(() => openStream(url, { key: api.key })));
    const { code, err } = await run(['watch', id]);
    expect([code, err]).toEqual([4, expect.stringContaining('(STREAMS_EXHAUSTED)')]);
    for (const stream of streams) stream.cut();
  });
});

describe('approve and retry', () => {
  const at = { round: 1, atMs: 1 };

  test('somebody else approves the step that waits, by the full name', async () => {
    const key = await api.keyWith(['departures:*', 'approvals:*']);
    const id = await departed();
    const own = await run(['approve', id, '--typed-name', 'Lea Kern']);
    expect([own.code, own.err]).toEqual([4, expect.stringContaining('(SELF_APPROVAL)')]);
    const wrong = await run(['approve', id, 'purge-gate', '--typed-name', 'Lea Korn'], { key });
    expect([wrong.code, wrong.err]).toEqual([4, expect.stringContaining('(NAME_MISMATCH, /typedName)')]);
    const unasked = await run(['approve', id], { key });
    expect([unasked.code, unasked.err]).toEqual([2, expect.stringContaining('(NAME_MISSING)')]);
    const right = await run(['approve', id], { key, answers: ['Lea Kern'] });
    expect([right.code, right.out]).toEqual([0, 'purge-gate is approved; the departure is scheduled.\n']);
  });

  test('a step that was given up is tried again', async () => {
    const id = await departed();
    const workflowId = `departure:${api.orgId}:${id}`;
    expect((await run(['retry', id, 'disable-account'])).code).toBe(4);
    await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'disable-account', ...at });
    await api.engine.tell(workflowId, {
      ...{ kind: 'stepFailed', key: 'disable-account', errorCode: 'TARGET_UNAVAILABLE', called: false },
      ...at,
    });
    const { code, out } = await run(['retry', id, 'disable-account']);
    expect([code, out]).toEqual([0, expect.stringContaining('disable-account is tried again')]);
  });

  test('ids that are none are refused, not interpreted', async () => {
    for (const id of ['cas_unknown', '../people', 'a/b?c'])
      expect((await run(['retry', id, 'disable-account'])).code).toBe(4);
  });
});

describe('key create', () => {
  test('writes the text of the key, and nothing else, to standard output', async () => {
    const args = ['key', 'create', '--owner', 'HR', '--scopes', 'departures:*, people:read'];
    const { code, out, err } = await run([...args, '--expires', '2027-12-31']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^gw_[a-z0-9]{8}_[A-Za-z0-9_-]{43}\n$/u)]);
    expect(err).toContain('shown only this once');
    expect((await run(['departures', '--person', personId], { key: out.trim() })).code).toBe(0);
    const { body } = await api.request('GET', '/v1/api-keys?limit=200');
    const made = (body['items'] as readonly Json[]).find((one) => out.startsWith(String(one['prefix'])));
    expect(made).toMatchObject({ expiresAt: '2027-12-31T23:59:59.999Z', owner: { name: 'HR' } });
  });

  test('cannot give more than the key at hand has', async () => {
    const key = await api.keyWith(['organisation:write']);
    const { code, err } = await run(['key', 'create', '--owner', 'HR', '--scopes', 'people:read'], { key });
    expect([code, err]).toEqual([4, expect.stringContaining('(SCOPE_EXCEEDED, /scopes)')]);
  });
});
