import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { StoreObserver } from './observer.ts';
import type { RunningStore } from './start-store.ts';

const COMMAND_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const FLUSH_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/** While documents are counted nobody else is answered. */
const COUNT_EVERY_MS = 300_000;

/** What the store counts while it works. */
export function createStoreMetrics(registry: Registry): StoreObserver {
  const registers = [registry];
  const commands = new Counter({
    name: 'gangway_store_commands_total',
    help: 'Commands by how they ended: "refused" with an error of their own, "failed" with one nobody foresaw.',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'gangway_store_command_duration_seconds',
    help: 'Time a command took; of a write, with its wait and the flush.',
    labelNames: ['command'],
    buckets: COMMAND_SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'gangway_store_batch_commands',
    help: 'Write commands that shared one flush.',
    buckets: BATCH_SIZES,
    registers,
  });
  const executing = new Histogram({
    name: 'gangway_store_batch_duration_seconds',
    help: 'Time the commands of one batch took before their flush.',
    buckets: FLUSH_SECONDS,
    registers,
  });
  const flushing = new Histogram({
    name: 'gangway_store_flush_duration_seconds',
    help: 'Time one batch took to reach the disk.',
    buckets: FLUSH_SECONDS,
    registers,
  });
  return {
    command(name, outcome, seconds) {
      commands.inc({ command: name, outcome });
      durations.observe({ command: name }, seconds);
    },
    flush(count, executingSeconds, flushingSeconds) {
      batches.observe(count);
      executing.observe(executingSeconds);
      flushing.observe(flushingSeconds);
    },
  };
}

/** What there is in the store, looked at when somebody reads the metrics. */
export function addStoreGauges(
  registry: Registry,
  store: Pick<RunningStore, 'figures' | 'countDocuments'>,
): void {
  const registers = [registry];
  const gauges = [
    ['gangway_store_connections', 'Connections of clients.', 'connections'],
    ['gangway_store_cursors', 'Cursors that wait for their next batch.', 'cursors'],
    ['gangway_store_file_bytes', 'Size of the data file, which does not shrink.', 'fileBytes'],
  ] as const;
  for (const [name, help, figure] of gauges)
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(store.figures()[figure]);
      },
    });
  let countedAtMs = -Infinity;
  new Gauge({
    name: 'gangway_store_documents',
    help: 'Documents of each collection, counted every five minutes.',
    labelNames: ['collection'],
    registers,
    collect() {
      if (performance.now() - countedAtMs < COUNT_EVERY_MS) return;
      countedAtMs = performance.now();
      this.reset();
      for (const [collection, count] of store.countDocuments()) this.set({ collection }, count);
    },
  });
}
