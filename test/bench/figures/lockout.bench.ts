import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, test } from '@jest/globals';
import { nextWaits, type Json } from '../../support/http-company.ts';
import { createPackagedMachine, type PackagedMachine } from '../../support/packaged-start.ts';
import { deskOf, dismissTogether, hireCrowd } from './crowd.ts';
import { hold, quantile } from './figure.ts';

const DUE_AT_ONCE = 100;
const MINUTE = 60_000;

let machine: PackagedMachine;
beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

test('locks a hundred people out who leave at the same instant', async () => {
  const start = await machine.start();
  const crowd = await hireCrowd(machine, start, DUE_AT_ONCE);
  const { ids, leaveAtMs } = await dismissTogether(crowd);
  await sleep(leaveAtMs - Date.now() + 1_000);
  const views = await nextWaits(deskOf(crowd.desks, 0), ids, 5 * MINUTE);
  const times = views.map((view) =>
    Number((view as unknown as { lockout: Json }).lockout['timeToLockoutMs']),
  );
  const [p50, p95] = [quantile(times, 0.5) / 1000, quantile(times, 0.95) / 1000];
  hold([
    {
      ...{ name: 'time to lockout, 100 due at once, p95', unit: 's', value: p95, bound: { atMost: 2 } },
      reference: { name: 'p50', value: p50 },
    },
  ]);
});
