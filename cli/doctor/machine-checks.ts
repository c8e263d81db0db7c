import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { distFolder, packageRoot } from '../../shared/platform/config/package-root.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { isNewEnough } from '../../shared/platform/temporal/server-version.ts';
import { ok, problem } from './finding.ts';
import type { Check } from './finding.ts';

/** What has nothing to do with the configuration. */
export const machineChecks: readonly Check[] = [
  { name: 'Node.js', run: checkNode },
  { name: 'Build', run: checkBuild },
  { name: 'Clock', run: checkClock },
];

function checkNode() {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    readonly engines: { readonly node: string };
  };
  const oldest = manifest.engines.node.replace(/^>=/u, '');
  const { node } = process.versions;
  return isNewEnough(node, oldest) ? ok(node) : problem(`${node} is too old: install ${oldest} or newer.`);
}

function checkBuild() {
  const script = join(packageRoot, 'scripts', 'ensure-built.mjs');
  if (!existsSync(script)) return ok('as delivered');
  const { status } = spawnSync(process.execPath, [script, '--check'], { stdio: 'ignore' });
  return status === 0
    ? ok('current')
    : problem('The sources were changed since the last build: run npm run build.');
}

const WATCHED_MS = 300;
const MAY_DIFFER_MS = 100;
/** Summer and winter time of a zone that has both. */
const ZONE = 'Europe/Zurich';
const OFFSETS = ['+01:00', '+02:00'];

/** A departure is instants and zones: the clock runs as time does, is not in the past, and knows the zones. */
async function checkClock() {
  const offsets = [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].map(
    (atMs) => localCalendar.localOf(atMs, ZONE).offset,
  );
  if (offsets.join() !== OFFSETS.join())
    return problem('Node.js does not know the time zones: install one with full ICU data.');
  if (Date.now() < statSync(distFolder).mtimeMs)
    return problem('The clock stands before the day of the build: set it, and have it kept (NTP).');
  const [wall, steady] = [Date.now(), performance.now()];
  await sleep(WATCHED_MS);
  const driftMs = Math.round(Date.now() - wall - (performance.now() - steady));
  return Math.abs(driftMs) <= MAY_DIFFER_MS
    ? ok(new Date().toISOString())
    : problem(`The clock jumped by ${driftMs} ms while it was watched: have it kept (NTP).`);
}
