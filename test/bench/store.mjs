// Measures the embedded store, as its own process, through the real driver, against the bounds it promises at 100,000
// documents. Each line: name, bound, value, ratio to a bare reference of the same run, and what other programs took of
// the machine meanwhile. Exits with 1 when a bound is missed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import mongoose from 'mongoose';
import { watchOtherLoad } from './other-load.mjs';
import { bareLmdb } from './store-reference.mjs';
import { startStoreProcess } from './store-process.mjs';

const DOCUMENTS = 100_000;
const IN_FLIGHT = 32;
const root = join(import.meta.dirname, '..', '..');
const entry = resolve(process.argv[2] ?? join(root, 'dist', 'standalone', 'store', 'main.js'));
const results = [];
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

function report(name, unit, value, { atMost, atLeast, reference, referenceName }) {
  const met = atMost === undefined ? value >= atLeast : value <= atMost;
  const bound = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  const ratio = value / (reference ?? atMost ?? atLeast);
  const others = otherLoad();
  results.push({
    name,
    unit,
    bound,
    value,
    ratio,
    ratioTo: referenceName ?? 'bound',
    othersPercent: others,
    met,
  });
  const columns = [name.padEnd(36), `${bound} ${unit}`.padEnd(18), value.toFixed(2).padStart(12)];
  const tail = `${ratio.toFixed(2)} x ${referenceName ?? 'bound'}`.padStart(24);
  console.log(`${met ? 'ok    ' : 'MISSED'} ${columns.join(' ')} ${tail}   others ${others} %`);
}

const p99 = (samples) => samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.99)];

/** Latencies of a warm client: its own garbage of the preparation is collected first, the first calls are not counted. */
async function timed(count, operation) {
  collectGarbage();
  for (let at = 0; at < 300; at++) await operation(at);
  const samples = [];
  for (let at = 0; at < count; at++) {
    const startedAt = performance.now();
    await operation(at);
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

const idAt = (at) => `doc_${String(at).padStart(8, '0')}`;

const documentAt = (at) => ({
  _id: idAt(at),
  orgId: `org_${at % 20}`,
  state: ['scheduled', 'running', 'completed', 'held'][(at * 7) % 4],
  dueAt: new Date(1_700_000_000_000 + ((at * 7919) % DOCUMENTS) * 60_000),
  personId: `per_${(at * 31) % DOCUMENTS}`,
  rev: 0,
  note: 'n'.repeat(330),
});

async function insertAll(collection) {
  await collection.createIndexes([
    { key: { orgId: 1, state: 1, dueAt: 1 } },
    { key: { orgId: 1, personId: 1 }, unique: true },
    { key: { orgId: 1, dueAt: -1 } },
  ]);
  let spentMs = 0;
  for (let at = 0; at < DOCUMENTS; at += 5000) {
    const documents = Array.from({ length: 5000 }, (_, one) => documentAt(at + one));
    const startedAt = performance.now();
    await collection.insertMany(documents);
    spentMs += performance.now() - startedAt;
  }
  return (DOCUMENTS / spentMs) * 1000;
}

const revisions = new Map();

async function compareAndSet(collection, seconds, changeOf) {
  const samples = [];
  const endsAt = performance.now() + seconds * 1000;
  const startedAt = performance.now();
  const worker = async (lane) => {
    for (let round = 0; performance.now() < endsAt; round++) {
      const at = (lane + IN_FLIGHT * ((round * 97) % 3000)) % DOCUMENTS;
      const _id = idAt(at);
      const current = revisions.get(_id) ?? 0;
      const began = performance.now();
      const won = await collection.findOneAndUpdate(
        { _id, rev: current },
        { $set: changeOf(current), $inc: { rev: 1 } },
        { returnDocument: 'after', projection: { rev: 1 } },
      );
      samples.push(performance.now() - began);
      if (won?.rev !== current + 1) throw new Error(`a compare-and-set nobody contested failed on ${_id}`);
      revisions.set(_id, current + 1);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, lane) => worker(lane)));
  return { perSecond: (samples.length / (performance.now() - startedAt)) * 1000, p99: p99(samples) };
}

function anonymousMegabytes(pid) {
  const line = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line[1]) / 1024;
}

const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
const store = await startStoreProcess({ entry, folder: join(folder, 'store') });
const otherLoad = watchOtherLoad([process.pid, store.pid]);
const client = await new mongoose.mongo.MongoClient(store.uri, { maxPoolSize: IN_FLIGHT + 8 }).connect();
try {
  const collection = client.db().collection('cases');
  const bare = await bareLmdb(join(folder, 'bare'), {
    documents: DOCUMENTS,
    inFlight: IN_FLIGHT,
    documentAt,
  });
  const insertRate = await insertAll(collection);
  report('insertMany, 500 B, 3 indexes', 'docs/s', insertRate, {
    atLeast: 15_000,
    reference: bare.putsPerSecond,
    referenceName: 'bare lmdb',
  });

  const wire = {
    reference: p99(await timed(3000, () => client.db().command({ ping: 1 }))),
    referenceName: 'ping p99',
  };
  const byId = await timed(5000, (at) => collection.findOne({ _id: idAt((at * 7919) % DOCUMENTS) }));
  report('find by _id, p99', 'ms', p99(byId), { atMost: 3, ...wire });
  const sorted = await timed(2000, (at) =>
    collection
      .find({ orgId: `org_${at % 20}`, state: 'running', dueAt: { $gte: new Date(1_700_000_000_000) } })
      .sort({ dueAt: 1 })
      .limit(50)
      .toArray(),
  );
  report('indexed find + sort + limit 50, p99', 'ms', p99(sorted), { atMost: 25, ...wire });

  const plain = (rev) => ({ note: 'm'.repeat(330 + (rev % 2)) });
  const moving = (rev) => ({ state: rev % 2 === 0 ? 'running' : 'held' });
  collectGarbage();
  await compareAndSet(collection, 1, plain);
  otherLoad();
  const cas = await compareAndSet(collection, 6, plain);
  report('compare-and-set, 32 in flight', 'ops/s', cas.perSecond, {
    atLeast: 3000,
    reference: bare.transactionsPerSecond,
    referenceName: 'bare lmdb',
  });
  report('compare-and-set, p99', 'ms', cas.p99, { atMost: 30 });
  const moved = await compareAndSet(collection, 6, moving);
  report('compare-and-set that moves an index', 'ops/s', moved.perSecond, {
    atLeast: 2000,
    reference: cas.perSecond,
    referenceName: 'plain',
  });
  report('anonymous memory (RssAnon)', 'MB', anonymousMegabytes(store.pid), { atMost: 400 });
} finally {
  await client.close();
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
}

const output = join(root, '.gangway', 'bench');
mkdirSync(output, { recursive: true });
writeFileSync(join(output, 'store.json'), `${JSON.stringify({ documents: DOCUMENTS, results }, null, 2)}\n`);
process.exitCode = results.length > 0 && results.every((result) => result.met) ? 0 : 1;
