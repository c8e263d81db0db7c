// One of several processes that contend for the same document, each over 50 connections; told what to do over IPC.
import mongoose from 'mongoose';

const CONNECTIONS = 50;
const client = await new mongoose.mongo.MongoClient(process.argv[2], {
  maxPoolSize: CONNECTIONS,
  minPoolSize: CONNECTIONS,
}).connect();
const collection = client.db().collection('contended');
await Promise.all(Array.from({ length: CONNECTIONS }, () => client.db().command({ ping: 1 })));

const jobs = {
  compareAndSet: ({ _id, times, name }) =>
    Array.from({ length: times }, () =>
      collection.findOneAndUpdate({ _id, rev: 0 }, { $set: { winner: name }, $inc: { rev: 1 } }),
    ),
  increment: ({ _id, times }) =>
    Array.from({ length: times }, () => collection.updateOne({ _id }, { $inc: { count: 1 } })),
};

process.on('message', async (job) => {
  const results = await Promise.all(jobs[job.kind](job));
  const done = results.filter((result) =>
    job.kind === 'increment' ? result.modifiedCount === 1 : result !== null,
  );
  process.send({ done: done.length });
});
process.on('disconnect', () => process.exit(0));
process.send({ ready: true });
