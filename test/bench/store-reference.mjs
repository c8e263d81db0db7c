// What LMDB does without the store around it: the bare reference the store's rates are compared with.
import { open } from 'lmdb';
import { serialize } from 'bson';

export async function bareLmdb(path, { documents, inFlight, documentAt }) {
  const table = open({ path, overlappingSync: false, encoding: 'binary', keyEncoding: 'binary' });
  const count = documents / 5;
  const encoded = Array.from({ length: count }, (_, at) => Buffer.from(serialize(documentAt(at))));
  const startedAt = performance.now();
  for (let at = 0; at < count; at += 1000) {
    await table.transaction(() => {
      for (let one = at; one < at + 1000; one++) putWithEntries(table, documentAt(one), encoded[one]);
    });
  }
  const putsPerSecond = (count / (performance.now() - startedAt)) * 1000;
  const transactionsPerSecond = await transactionRate(table, inFlight, encoded[0]);
  await table.close();
  return { putsPerSecond, transactionsPerSecond };
}

function putWithEntries(table, document, bytes) {
  table.put(Buffer.from(`0${document._id}`), bytes);
  const id = Buffer.from(document._id);
  table.put(Buffer.from(`1${document.orgId}${document.state}${document.dueAt.getTime()}${document._id}`), id);
  table.put(Buffer.from(`2${document.orgId}${document.personId}`), id);
  table.put(Buffer.from(`3${document.orgId}${document.dueAt.getTime()}${document._id}`), id);
}

async function transactionRate(table, inFlight, bytes) {
  const endsAt = performance.now() + 2000;
  const startedAt = performance.now();
  let done = 0;
  const worker = async (lane) => {
    const key = Buffer.from(`9${lane}`);
    while (performance.now() < endsAt) {
      await table.transaction(() => table.put(key, bytes));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, lane) => worker(lane)));
  return (done / (performance.now() - startedAt)) * 1000;
}
