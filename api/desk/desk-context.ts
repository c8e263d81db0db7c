import { Registry } from 'prom-client';
import { handoverCapabilitiesOf } from '../../shared/domain/target-capabilities.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { transliteration } from '../../shared/platform/transliteration.ts';
import type { ApiContext } from '../api-context.ts';
import { createApiMetrics } from '../metrics/api-metrics.ts';

/** What a process has of its own that carries out rows or decisions. */
export type DeskParts = Pick<
  ApiContext,
  | 'repositories'
  | 'directory'
  | 'directories'
  | 'readings'
  | 'engine'
  | 'imports'
  | 'reviews'
  | 'uploads'
  | 'archives'
  | 'notifier'
  | 'logger'
  | 'stopping'
  | 'now'
  | 'pingStore'
  | 'publicUrl'
>;

/** What the operations of the API work with, where they are asked for by the worker and nobody is served. */
export function contextOfDesk(parts: DeskParts): ApiContext {
  return {
    ...parts,
    ...{ handoverCapabilitiesOf, calendar: localCalendar, transliteration },
    metrics: createApiMetrics(new Registry()),
    metricsToken: undefined,
    ...{ requestsPerMinute: 0, pageRequestsPerMinute: 0 },
    streams: { perKey: 0, lookEveryMs: 0, heartbeatMs: 0 },
  };
}
