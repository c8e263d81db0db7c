import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { historyOf } from '../support/history.ts';
import { HISTORIES_FOLDER } from './stored-histories.ts';
import { STORIES } from './stories.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  readonly version: string;
};

/** Names of hosts and paths of sources say where a history was recorded; no replay looks at them. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'identity') return 'recorder';
  if (key === 'stackTrace') return '';
  return typeof value === 'string' ? value.replace(/^\d+@.+-/, 'sticky-') : value;
}

const missing = Object.entries(STORIES).map(([story, live]) => ({
  live,
  file: join(HISTORIES_FOLDER, `${version}-${story}.json`),
}));

/** A history on record is evidence of what a version did: it is kept, and never written again. */
test.each(missing)('records $file', async ({ live, file }) => {
  if (existsSync(file)) return;
  const { workflowId } = await live(engine);
  await engine.temporal.realTimeClient.workflow.getHandle(workflowId).result();
  const json = historyToJSON(await historyOf(engine, workflowId));
  await writeFile(file, `${JSON.stringify(JSON.parse(json, withoutMachine), null, 1)}\n`, { flag: 'wx' });
  expect(existsSync(file)).toBe(true);
});
