import { collectDefaultMetrics, Registry } from 'prom-client';

/** The metrics of one process, Node's own among them: these have its name as a label, because every process has them. */
export function createRegistry(process: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, labels: { process } });
  return registry;
}
