import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function firstMessage({ caseId }: TestDeparture): Promise<string> {
  const part = join(engine.archiveFolder, caseId, 'part-1');
  const file = (await readdir(part)).sort().find((name) => name.endsWith('.eml'));
  return join(part, file!);
}

const DAMAGES: readonly { readonly what: string; readonly damage: (file: string) => Promise<void> }[] = [
  {
    what: 'one flipped bit',
    async damage(file) {
      const bytes = await readFile(file);
      bytes[10] = bytes[10]! ^ 1;
      await writeFile(file, bytes);
    },
  },
  { what: 'a missing message', damage: (file) => rm(file) },
];

test.each(DAMAGES)(
  'keeps the gate closed for $what, and opens it once the file is back',
  async ({ damage }) => {
    const departure = await startDeparture(engine, { policy: FEW_TRIES });
    await departure.approve();
    await departure.forwardTo(89 * DAY);
    const file = await firstMessage(departure);
    const intact = await readFile(file);
    await damage(file);
    await departure.forwardTo(90 * DAY + HOUR);
    const red = await departure.until((record) => statusOf(record, 'purge-gate') === 'failed');
    expect(red).toMatchObject({ state: 'needs_attention' });
    expect(await departure.step('purge-gate')).toMatchObject({ errorCode: 'ARCHIVE_INVALID' });
    await departure.forwardTo(130 * DAY);
    expect(await departure.accountExists()).toBe(true);

    await writeFile(file, intact);
    await departure.command('retryStep', { actorId: 'own_hr', stepKey: 'purge-gate' });
    await departure.until((record) => record.state === 'grace');
  },
);

test.each(DAMAGES)('deletes nothing when $what turns up after the gate was passed', async ({ damage }) => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(119 * DAY);
  await damage(await firstMessage(departure));
  await departure.forwardTo(123 * DAY);
  const red = await departure.until((record) => statusOf(record, 'archive-new-mail') === 'failed');
  expect(red.pointOfNoReturnAtMs).toBeUndefined();
  expect(await departure.accountExists()).toBe(true);
  expect(await departure.effects()).not.toContain('deleteAccount');
});
