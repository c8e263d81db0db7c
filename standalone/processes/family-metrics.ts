import { Counter, Gauge } from 'prom-client';
import { createRegistry } from '../../shared/platform/metrics/create-registry.ts';
import { mergeExpositions } from '../../shared/platform/metrics/merge-expositions.ts';
import type { ChildName } from './run-child.ts';

/** How the supervisor asks one of its children. */
export interface AskedChild {
  /** `undefined` when the child does not serve, or does not tell in time. */
  readonly askMetrics: () => Promise<string | undefined>;
}

export interface FamilyMetrics {
  restarted(name: ChildName): void;
  /** The supervisor's own, and those of every child but the one that asks: it adds its own itself. */
  readFor(asker: ChildName): Promise<string>;
}

/** One text for the metrics of all processes of this machine, so that Prometheus has one address to know. */
export function createFamilyMetrics(
  children: ReadonlyMap<ChildName, AskedChild>,
  registry = createRegistry('supervisor'),
): FamilyMetrics {
  const up = new Gauge({
    name: 'gangway_process_up',
    help: '1 while the process serves and answers the supervisor.',
    labelNames: ['process'],
    registers: [registry],
  });
  const restarts = new Counter({
    name: 'gangway_process_restarts_total',
    help: 'How often the supervisor started the process again because it had ended.',
    labelNames: ['process'],
    registers: [registry],
  });
  return {
    restarted: (name) => restarts.inc({ process: name }),
    async readFor(asker) {
      const told = await Promise.all(
        [...children].map(async ([name, child]) => {
          restarts.inc({ process: name }, 0);
          const text = name === asker ? '' : await child.askMetrics();
          up.set({ process: name }, text === undefined ? 0 : 1);
          return text ?? '';
        }),
      );
      return mergeExpositions([await registry.metrics(), ...told]);
    },
  };
}
