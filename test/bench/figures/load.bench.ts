import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, test } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import type { Client } from '@temporalio/client';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { connectTemporal } from '../../../shared/platform/temporal/connect.ts';
import { createPackagedMachine, type PackagedMachine } from '../../support/packaged-start.ts';
import { anonymousMegabytes, deskOf, dismiss, hireCrowd, inTurns, rateOf, type Crowd } from './crowd.ts';
import { hold, quantile } from './figure.ts';

const ACCEPTED = 500;
const OPEN = 2_000;
const IDLE_READS = 1_000;
const { EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT } = temporal.api.enums.v1.EventType;

let machine: PackagedMachine;
beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

/** Workflows that nobody carries out: what the engine itself takes to accept one. */
async function bareStarts(client: Client, count: number): Promise<number> {
  return rateOf(count, () =>
    inTurns(Array.from({ length: count }), () =>
      client.workflow.start('nothing', { taskQueue: 'nobody', workflowId: randomUUID() }),
    ),
  );
}

/** Reads one case and a page of fifty in turn, one request at a time, until told to stop. Milliseconds. */
function readInTurn({ desks }: Crowd, ids: readonly string[], goesOn: (samples: number) => boolean) {
  const samples: number[] = [];
  const failures: unknown[] = [];
  const reading = (async () => {
    for (let at = 0; goesOn(at); at += 1) {
      const path = at % 2 === 0 ? `/v1/departures/${ids[at % ids.length]}` : '/v1/departures?limit=50';
      const startedAtMs = performance.now();
      const answer = await deskOf(desks, at)('GET', path);
      samples.push(performance.now() - startedAtMs);
      if (answer.status !== 200) failures.push(answer);
      await sleep(5);
    }
    if (failures.length > 0) throw new Error(`reads failed: ${JSON.stringify(failures[0])}`);
    return samples;
  })();
  return reading;
}

async function timedOutTasks(client: Client, ids: readonly string[]): Promise<number> {
  let count = 0;
  for await (const { workflowId } of client.workflow.list({ query: "WorkflowType = 'departure'" })) {
    if (!ids.some((id) => workflowId.endsWith(id))) continue;
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    count += (events ?? []).filter(
      ({ eventType }) => eventType === EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
    ).length;
  }
  return count;
}

test('accepts, keeps open and shows', async () => {
  const start = await machine.start();
  const crowd = await hireCrowd(machine, start, ACCEPTED + OPEN);
  const [, temporalPort] = machine.installation.ports;
  const { client, connection } = await connectTemporal(
    readConfig({ TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}` }),
  );
  const lastDay = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

  const barePerSecond = await bareStarts(client, ACCEPTED);
  let firstIds: readonly string[] = [];
  const acceptedPerSecond = await rateOf(ACCEPTED, async () => {
    firstIds = await dismiss(crowd, crowd.people.slice(0, ACCEPTED), { lastDay });
  });
  await sleep(10_000);
  const idleMs = await readInTurn(crowd, firstIds, (count) => count < IDLE_READS);

  let starting = true;
  const busy = readInTurn(crowd, firstIds, () => starting);
  const ids = await dismiss(crowd, crowd.people.slice(ACCEPTED), { lastDay });
  starting = false;
  const busyMs = await busy;
  await sleep(10_000);

  const [idleP99, busyP99] = [quantile(idleMs, 0.99), quantile(busyMs, 0.99)];
  const timedOut = await timedOutTasks(client, ids);
  await connection.close();
  const bare = { name: 'bare starts', value: barePerSecond };
  hold([
    {
      ...{ name: 'departures accepted over HTTP against bare starts', unit: 'x', reference: bare },
      ...{ value: acceptedPerSecond / barePerSecond, bound: { atLeast: 0.3 } },
      reference: { name: `${barePerSecond.toFixed(0)} bare starts/s`, value: 1 },
    },
    {
      ...{ name: '2,000 open departures: worker memory (RssAnon)', unit: 'MB' },
      ...{ value: anonymousMegabytes(machine.pid('worker')), bound: { atMost: 500 } },
    },
    { name: '2,000 open departures: tasks that timed out', unit: '', value: timedOut, bound: { atMost: 0 } },
    { name: 'read over HTTP, p99, idle', unit: 'ms', value: idleP99, bound: { atMost: 25 } },
    {
      ...{ name: 'read over HTTP, p99, while 2,000 cases start', unit: 'ms', value: busyP99 },
      bound: { atMost: Math.max(3 * idleP99, 100) },
      reference: { name: 'idle', value: idleP99 },
    },
  ]);
});
