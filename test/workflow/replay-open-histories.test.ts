import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { buildWorkflowBundle } from '../../worker/build-workflow-bundle.ts';
import { DAY, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { eventually } from '../support/installation.ts';
import { testVariable } from '../support/temporal.ts';

const MAIN = join(packageRoot, 'dist', 'worker', 'replay', 'main.js');
const ADDRESS = testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS');

/** Workflows of a release that would do something else first. */
const CHANGED_WORKFLOWS = `
import { proxyActivities } from '@temporalio/workflow';
const { deleteAccount } = proxyActivities({ startToCloseTimeout: '1 minute' });
export const departure = () => deleteAccount();
export const reconcile = () => deleteAccount();
`;

let engine: TestEngine;
let departures: readonly TestDeparture[];
let folder: string;

beforeAll(async () => {
  engine = await startTestEngine();
  departures = [await startDeparture(engine), await startDeparture(engine)];
  for (const departure of departures) await departure.forwardTo(3 * DAY);
  // Inside the package, so that the changed workflows find the SDK.
  folder = await mkdtemp(join(packageRoot, 'dist', 'changed-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await engine.stop();
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run replay` on the cases of this test; other tests have theirs on the same server. */
async function replay(...more: readonly string[]): Promise<Ended> {
  const query = departures.map(({ orgId }) => `OrgId = '${orgId}'`).join(' OR ');
  const args = [MAIN, '--from', ADDRESS, '--query', query, ...more];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: tmpdir() });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('every open case goes on under the workflows of today', async () => {
  let last = await replay();
  // The server lists a new workflow a moment later.
  await eventually(async () => (last = await replay()).out.startsWith('2 open'), 30_000);
  expect(last).toEqual({
    code: 0,
    out: '2 open histories of the namespace default replayed, 0 failed.\n',
    err: '',
  });
});

test('a release whose workflows do something else is told for each case, by name and with exit code 1', async () => {
  await writeFile(join(folder, 'index.js'), CHANGED_WORKFLOWS);
  const bundle = join(folder, 'bundle.js');
  await buildWorkflowBundle(join(folder, 'index.js'), bundle);
  const { code, out } = await replay('--bundle', bundle);
  expect(code).toBe(1);
  const lines = out.trim().split('\n');
  expect(lines.at(-1)).toBe('2 open histories of the namespace default replayed, 2 failed.');
  for (const { workflowId } of departures)
    expect(lines.filter((line) => line.startsWith(`FAILED ${workflowId} (run `))).toEqual([
      expect.stringMatching(/: \[TMPRL1100\] Nondeterminism error: .*$/u),
    ]);
  expect(lines).toHaveLength(3);
});

test('what cannot be found out is no success', async () => {
  expect(await replay('--from', '127.0.0.1:1')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('No Temporal server answers at 127.0.0.1:1'),
  });
  expect(await replay('--form', ADDRESS)).toMatchObject({ code: 2, err: expect.stringContaining('usage:') });
  expect((await replay('--bundle', join(folder, 'none.js'))).code).toBe(2);
  expect((await replay('--namespace', 'nobody-made-this')).code).toBe(2);
});
