import { request, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openStream } from '../support/event-stream.ts';
import { caller, departure, hire, type Caller, type StepOfView } from '../support/http-company.ts';
import { eventually, isHeld } from '../support/installation.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart, ProcessName } from '../support/packaged-start.ts';
import { startSlowMailServer, type SlowMailServer } from '../support/slow-mail-server.ts';

const DRAIN_SECONDS = 4;
const ACCEPTS_AFTER_MS = 3_000;

let mail: SlowMailServer;
let machine: PackagedMachine;
let start: PackagedStart;
let key: string;
let call: Caller;

beforeAll(async () => {
  mail = await startSlowMailServer(ACCEPTS_AFTER_MS);
  machine = await createPackagedMachine({
    GANGWAY_DRAIN_SECONDS: String(DRAIN_SECONDS),
    GANGWAY_SMTP_URL: mail.url,
    GANGWAY_MAIL_FROM: 'gangway@example.com',
  });
  start = await machine.start();
  key = await start.firstKey();
  call = caller(machine.baseUrl, key);
}, 120_000);

afterAll(async () => {
  await machine.close();
  await mail.close();
}, 60_000);

afterEach(() => eventually(() => machine.isReady(), 60_000));

function signal(name: ProcessName): void {
  process.kill(machine.pid(name), 'SIGTERM');
}

/** How the supervisor said that this child ended, each time. */
function ends(name: ProcessName): readonly string[] {
  return [...start.output().matchAll(new RegExp(`gangway: ${name} stopped \\(([^)]*)\\)`, 'gu'))].map(
    ([, how]) => String(how),
  );
}

/** A request that is under way until the rest of its body is sent. */
function halfSent(address: string): {
  readonly finish: () => void;
  readonly answered: Promise<IncomingMessage>;
} {
  const body = JSON.stringify({ firstName: 'Slow', lastName: 'Sender', address });
  const sending = request(`${machine.baseUrl}/v1/people`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      Connection: 'keep-alive',
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).once('error', reject);
  });
  sending.write(body.slice(0, 10));
  return { finish: () => sending.end(body.slice(10)), answered };
}

async function readiness(): Promise<readonly unknown[]> {
  const response = await fetch(`${machine.baseUrl}/readyz`);
  return [response.status, response.headers.get('connection'), await response.json()];
}

describe('an API that is asked to stop', () => {
  test('is not ready first, then takes nobody, and answers what is under way before it ends', async () => {
    const { answered, finish } = halfSent('slow@example.com');
    await eventually(async () => (await underWay()) > 1);
    signal('api');
    await eventually(async () => (await readiness())[0] === 503);
    expect(await readiness()).toEqual([503, 'close', { status: 'not_ready', notReady: ['api'] }]);
    await eventually(async () => !(await isHeld(machine.apiPort)));
    finish();
    const { statusCode, headers } = await answered;
    expect([statusCode, headers.connection]).toEqual([201, 'close']);
    await eventually(() => ends('api').length > 0);
    expect(ends('api')).toEqual(['exit code 0']);
  });

  test('ends at once when it is asked a second time', async () => {
    const { answered } = halfSent('slower@example.com');
    const cut = expect(answered).rejects.toThrow();
    await eventually(async () => (await underWay()) > 1);
    const before = ends('api').length;
    const pid = machine.pid('api');
    process.kill(pid, 'SIGTERM');
    await eventually(async () => (await readiness())[0] === 503);
    process.kill(pid, 'SIGTERM');
    await cut;
    await eventually(() => ends('api').length > before);
    expect(ends('api').at(-1)).toBe('exit code 1');
  });
});

/** Requests the API has not answered; this one is among them. */
async function underWay(): Promise<number> {
  const text = await (await fetch(`${machine.baseUrl}/metrics`)).text();
  return Number(/^gangway_api_requests_under_way (\d+)/mu.exec(text)?.[1]);
}

describe('a step that is under way', () => {
  async function notifying(
    localPart: string,
  ): Promise<{ readonly caseId: string; readonly manager: string }> {
    const manager = await hire(call, {
      firstName: 'M',
      lastName: 'M',
      address: `m.${localPart}@example.com`,
    });
    const leaver = await hire(call, {
      ...{ firstName: 'L', lastName: 'L', address: `${localPart}@example.com`, managerId: manager.id },
    });
    const asked = await call('POST', '/v1/departures', {
      ...{ personId: leaver.id, urgent: true, reason: 'resigned', autoReply: { enabled: false } },
    });
    expect(asked.status).toBe(202);
    await eventually(() => mail.accepting() > 0);
    return { caseId: String(asked.body['id']), manager: manager.address };
  }

  async function noticeStep(caseId: string): Promise<StepOfView | undefined> {
    return (await departure(call, caseId)).steps.find((step) => step.key === 'notify-manager');
  }

  async function expectOnce(caseId: string, manager: string): Promise<void> {
    await eventually(async () => (await noticeStep(caseId))?.status === 'done', 60_000);
    const step = await noticeStep(caseId);
    expect(step?.rounds.map(({ attempts }) => attempts.length)).toEqual([1]);
    expect(mail.accepted.filter((one) => one.includes(`To: ${manager}`))).toHaveLength(1);
  }

  test('comes to its end when the worker is asked to stop, and is not carried out again', async () => {
    const { caseId, manager } = await notifying('first');
    signal('worker');
    await eventually(() => ends('worker').length > 0, 30_000);
    expect(ends('worker')).toEqual(['exit code 0']);
    expect(mail.accepted).toHaveLength(1);
    await eventually(() => start.restarts('worker') > 0);
    await expectOnce(caseId, manager);
  });

  test('comes to its end when everything is asked to stop, and is not carried out again', async () => {
    const { caseId, manager } = await notifying('second');
    expect(await start.end('SIGTERM')).toBe(0);
    expect(mail.accepted).toHaveLength(2);
    start = await machine.start();
    await expectOnce(caseId, manager);
  });
});

describe('somebody who follows a departure', () => {
  test('is let go first, while the API still serves', async () => {
    const { id: personId } = await hire(call, { firstName: 'F', lastName: 'F', address: 'f@example.com' });
    const lastDay = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    // Held by the guard after two others; it can be followed all the same.
    const asked = await call('POST', '/v1/departures', { personId, lastDay, reason: 'resigned' });
    const path = `/v1/departures/${String(asked.body['id'])}/events`;
    const stream = await openStream(`${machine.baseUrl}${path}`, { key });
    await stream.until((events) => events.some(({ name }) => name === 'step'));
    const before = ends('api').length;
    const stoppedAtMs = performance.now();
    signal('api');
    await stream.ended();
    expect(performance.now() - stoppedAtMs).toBeLessThan(2_000);
    expect((await readiness())[0]).toBe(503);
    await eventually(() => ends('api').length > before);
    expect(ends('api').at(-1)).toBe('exit code 0');
    // Nothing was left that it would have had to wait for.
    expect(performance.now() - stoppedAtMs).toBeLessThan(DRAIN_SECONDS * 1_000 + 3_000);
  });
});
