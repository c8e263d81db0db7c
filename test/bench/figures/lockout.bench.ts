import { afterEach, beforeEach, test } from '@jest/globals';
import { nextWaits, type Json } from '../../support/http-company.ts';
import { createPackagedMachine, type PackagedMachine } from '../../support/packaged-start.ts';
import { deskOf, dismiss, hireCrowd } from './crowd.ts';
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
  // Time enough for a hundred requests and for the notices, which are due at once.
  const leave = new Date(Math.ceil((Date.now() + 2 * MINUTE) / MINUTE) * MINUTE).toISOString();
  const when = { lastDay: leave.slice(0, 10), leaveTime: leave.slice(11, 16), timeZone: 'UTC' };
  const ids = await dismiss(crowd, crowd.people, when);
  await new Promise((resolve) => setTimeout(resolve, Date.parse(leave) - Date.now() + 1_000));
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
