// A whole installation with a data folder of its own, as `npm start` makes one, and what is asked of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';

const ROOT = resolve(import.meta.dirname, '..', '..');
const OF_NODE = ['api', 'worker', 'store'];
const WEIGHED_EVERY_MS = 200;

const freePort = () =>
  new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

export async function startInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
  const [api, temporal, ui, store] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'standalone', 'main.js')], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ GANGWAY_DATA: join(folder, 'data'), GANGWAY_API_PORT: api, GANGWAY_TEMPORAL_PORT: temporal },
      ...{ GANGWAY_TEMPORAL_UI_PORT: ui, GANGWAY_STORE_PORT: store },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((done) => child.once('exit', done));
  while (!/gw_\w+/u.test(output)) {
    if (child.exitCode !== null) throw new Error(`the start gave up: ${output}`);
    await sleep(100);
  }
  const key = /gw_[a-z0-9]{8}_[A-Za-z0-9_-]{43}/u.exec(output)[0];
  const url = `http://127.0.0.1:${api}`;

  async function ask(method, path, body, contentType = 'application/json') {
    const headers = {
      Authorization: `Bearer ${key}`,
      'Idempotency-Key': `${method}${path}`.replaceAll('/', '.'),
    };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': contentType }) },
      ...(body === undefined ? {} : { body }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  const pidOf = (name) => Number(readFileSync(join(folder, 'data', 'run', `${name}.pid`), 'utf8'));
  const peaks = new Map(OF_NODE.map((name) => [name, 0]));
  const weighing = setInterval(() => {
    for (const name of OF_NODE) {
      const status = readFileSync(`/proc/${pidOf(name)}/status`, 'utf8');
      peaks.set(name, Math.max(peaks.get(name), Number(/RssAnon:\s+(\d+)/u.exec(status)[1]) / 1024));
    }
  }, WEIGHED_EVERY_MS);
  return {
    ask,
    /** The most memory each process of ours has had so far, in megabytes: without the files of the database that the system keeps mapped. */
    peaks: () => Object.fromEntries(peaks),
    /** From now on. */
    forgetPeaks: () => OF_NODE.forEach((name) => peaks.set(name, 0)),
    /** Where its database is reached. */
    storeUri: () => {
      const secret = readFileSync(join(folder, 'data', 'store-secret'), 'utf8').trim();
      return `mongodb://gangway:${secret}@127.0.0.1:${store}/gangway?authMechanism=PLAIN&authSource=%24external&directConnection=true`;
    },
    /** Of the workflows of a type whose ids hold this, all together. */
    async historyEvents(type, id) {
      const connection = await Connection.connect({ address: `127.0.0.1:${temporal}` });
      try {
        const client = new Client({ connection });
        let events = 0;
        for await (const { workflowId, runId } of client.workflow.list({
          query: `WorkflowType = "${type}"`,
        }))
          if (workflowId.includes(id))
            events += (await client.workflow.getHandle(workflowId, runId).describe()).historyLength;
        return events;
      } finally {
        await connection.close();
      }
    },
    async stop() {
      clearInterval(weighing);
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
