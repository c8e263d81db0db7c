import type { Logger } from '../../shared/platform/logging.ts';
import { createRegistry } from '../../shared/platform/metrics/create-registry.ts';
import { askForMetrics } from '../../shared/platform/metrics/metrics-channel.ts';
import { createCaseFigures } from '../../shared/platform/persistence/case-figures.ts';
import type { Database } from '../../shared/platform/persistence/connect.ts';
import { createWelcomeRepository } from '../../shared/platform/persistence/welcome-repository.ts';
import type { CaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { createApiMetrics, type ApiMetrics } from './api-metrics.ts';
import { readFigures } from './installation-figures.ts';
import { addInstallationGauges } from './installation-gauges.ts';

/** Longer than the supervisor gives each of its children. */
const OTHERS_TELL_WITHIN_MS = 3_000;

/** The metrics of the API process, with those of the whole installation where one supervisor runs it. */
export function composeMetrics(of: {
  readonly database: Database;
  readonly engine: Pick<CaseEngine, 'isReachable'>;
  readonly now: () => number;
  readonly logger: Logger;
}): ApiMetrics {
  const registry = createRegistry('api');
  const { connection } = of.database;
  const counted = { cases: createCaseFigures(connection), welcomes: createWelcomeRepository(connection) };
  const sources = {
    readFigures: () => readFigures(counted, of.now()),
    pingStore: () => of.database.ping(),
    isEngineReachable: () => of.engine.isReachable(),
  };
  addInstallationGauges(registry, sources, of.logger);
  return createApiMetrics(registry, readOthers);
}

/** What the supervisor and its other children tell; nothing where the API runs by itself. */
async function readOthers(): Promise<string> {
  if (process.send === undefined) return '';
  return (await askForMetrics(process, OTHERS_TELL_WITHIN_MS)) ?? '';
}
