import { afterEach, beforeEach, test } from '@jest/globals';
import { createPackagedMachine, type PackagedMachine } from '../../support/packaged-start.ts';
import { hold } from './figure.ts';

let machine: PackagedMachine;
beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

test('starts a second time', async () => {
  const first = await machine.start();
  await first.end('SIGINT');
  const second = await machine.start();
  hold([
    {
      ...{
        name: 'second start to ready',
        unit: 's',
        value: second.readyAfterMs / 1000,
        bound: { atMost: 5 },
      },
      reference: { name: 'first start', value: first.readyAfterMs / 1000 },
    },
  ]);
});
