// Measures the embedded store, as its own process, through the real driver, against the bounds it promises at 100,000
// documents. Each line: name, bound, value, ratio to a bare reference of the same run. Exits with 1 when one is missed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import mongoose from 'mongoose';
import { bareLmdb } from './store-reference.mjs';
import { startStoreProcess } from './store-process.mjs';

const DOCUMENTS = 100_000;
const IN_FLIGHT = 32;
const root = join(import.meta.dirname, '..', '..');
const entry = resolve(process.argv[2] ?? join(root, 'dist', 'standalone', 'store', 'main.js'));
const results = [];

function report(name, unit, value, { atMost, atLeast, reference, referenceName }) {
  const met = atMost === undefined ? value >= atLeast : value <= atMost;
  const bound = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  const ratio = value / (reference ?? atMost ?? atLeast);
  results.push({ name, unit, bound, value, ratio, ratioTo: referenceName ?? 'bound', met });
  const columns = [name.padEnd(34), `${bound} ${unit}`.padEnd(18), value.toFixed(2).padStart(12)];
  const tail = `${ratio.toFixed(2)} x ${referenceName ?? 'bound'}`.padStart(24);
  console.log(`${met ? 'ok    ' : 'MISSED'} ${columns.join(' ')} ${tail}`);
}

const p99 = (samples) => samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.99)];

async function timed(count, operation) {
  const samples = [];
  for (let at = 0; at < count; at++) {
    const startedAt = performance.now();
    await operation(at);
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

const documentAt = (at) => ({
  _id: `doc_${String(at).padStart(8, '0')}`,
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
  const documents = Array.from({ length: DOCUMENTS }, (_, at) => documentAt(at));
  const startedAt = performance.now();
  for (let at = 0; at < DOCUMENTS; at += 5000) await collection.insertMany(documents.slice(at, at + 5000));
  return (DOCUMENTS / (performance.now() - startedAt)) * 1000;
}

async function compareAndSet(collection, seconds) {
  const samples = [];
  const endsAt = performance.now() + seconds * 1000;
  const startedAt = performance.now();
  const worker = async (lane) => {
    for (let round = 0; performance.now() < endsAt; round++) {
      const at = (lane + IN_FLIGHT * ((round * 97) % 3000)) % DOCUMENTS;
      const _id = documentAt(at)._id;
      const current = revisions.get(_id) ?? 0;
      const began = performance.now();
      const won = await collection.findOneAndUpdate(
        { _id, rev: current },
        { $set: { state: round % 2 === 0 ? 'running' : 'held' }, $inc: { rev: 1 } },
        { returnDocument: 'after', projection: { rev: 1 } },
      );
      samples.push(performance.now() - began);
      if (won?.rev !== current + 1) throw new Error(`a compare-and-set nobody contested failed on ${_id}`);
      revisions.set(_id, current + 1);
    }
  };
  const revisions = new Map();
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, lane) => worker(lane)));
  return { perSecond: (samples.length / (performance.now() - startedAt)) * 1000, p99: p99(samples) };
}

function anonymousMegabytes(pid) {
  const line = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line[1]) / 1024;
}

const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
const store = await startStoreProcess({ entry, folder: join(folder, 'store') });
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

  await timed(500, () => client.db().command({ ping: 1 }));
  const wire = {
    reference: p99(await timed(3000, () => client.db().command({ ping: 1 }))),
    referenceName: 'ping p99',
  };
  const byId = await timed(5000, (at) =>
    collection.findOne({ _id: documentAt((at * 7919) % DOCUMENTS)._id }),
  );
  report('find by _id, p99', 'ms', p99(byId), { atMost: 3, ...wire });
  const sorted = await timed(2000, (at) =>
    collection
      .find({ orgId: `org_${at % 20}`, state: 'running', dueAt: { $gte: new Date(1_700_000_000_000) } })
      .sort({ dueAt: 1 })
      .limit(50)
      .toArray(),
  );
  report('indexed find + sort + limit 50, p99', 'ms', p99(sorted), { atMost: 25, ...wire });

  const cas = await compareAndSet(collection, 8);
  report('compare-and-set, 32 in flight', 'ops/s', cas.perSecond, {
    atLeast: 3000,
    reference: bare.transactionsPerSecond,
    referenceName: 'bare lmdb',
  });
  report('compare-and-set, p99', 'ms', cas.p99, { atMost: 30 });
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
