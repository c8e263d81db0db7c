import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { distFolder } from '../../../shared/platform/config/package-root.ts';
import { buildWorkflowBundle } from '../../../worker/build-workflow-bundle.ts';
import { connectToTestTemporal, uniqueName } from '../../support/temporal.ts';
import type { TestTemporal } from '../../support/temporal.ts';

const WORKFLOWS = `
import { sleep, upsertSearchAttributes } from '@temporalio/workflow';
export async function ninetyDays() {
  const startedAt = Date.now();
  upsertSearchAttributes({ OrgId: ['org_1'], NeedsAttention: [false], DueAt: [new Date(startedAt)] });
  await sleep('90 days');
  return Date.now() - startedAt;
}
`;

describe('the test server', () => {
  // Inside dist, so that the workflow finds its packages.
  const folder = mkdtempSync(join(distFolder, 'scratch-'));
  const bundlePath = join(folder, 'bundle.js');
  let engine: TestTemporal;

  beforeAll(async () => {
    writeFileSync(join(folder, 'index.js'), WORKFLOWS);
    await buildWorkflowBundle(join(folder, 'index.js'), bundlePath);
    engine = await connectToTestTemporal();
  });

  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  test('skips a sleep of 90 days, and knows our search attributes', async () => {
    const taskQueue = uniqueName('skipping');
    const worker = await Worker.create({
      connection: engine.nativeConnection,
      taskQueue,
      workflowBundle: { codePath: bundlePath },
    });
    const startedAtMs = performance.now();
    const sleptMs: unknown = await worker.runUntil(
      engine.client.workflow.execute('ninetyDays', { taskQueue, workflowId: uniqueName('ninety-days') }),
    );
    expect(sleptMs).toBeGreaterThanOrEqual(90 * 86_400_000);
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
  });
});
