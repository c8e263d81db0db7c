import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { mergeExpositions } from '../../shared/platform/metrics/merge-expositions.ts';

export interface EndedRequest {
  readonly method: string;
  /** As declared, with the names of its parameters. */
  readonly route: string;
  readonly status: number | 'aborted';
  readonly seconds: number;
  /** It was a stream: how long it was open says how long somebody followed it, and nothing about the API. */
  readonly wasStream: boolean;
  /** Why it was refused. */
  readonly problem: string | undefined;
}

/** What the API counts. Labels are routes, methods and codes: there is an end of them. */
export interface ApiMetrics {
  requestBegan(): void;
  /** It is open for as long as somebody follows it: from now on no request that waits for its answer. */
  requestBecameStream(): void;
  requestEnded(request: EndedRequest): void;
  /** Everything this process can tell of the installation, as Prometheus reads it. */
  read(): Promise<string>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `readOthers`: what the processes beside this one tell of themselves. */
export function createApiMetrics(
  registry: Registry,
  readOthers: () => Promise<string> = () => Promise.resolve(''),
): ApiMetrics {
  const registers = [registry];
  const underWay = new Gauge({
    name: 'gangway_api_requests_under_way',
    help: 'Requests that are not answered yet. Open streams are not among them.',
    registers,
  });
  const openStreams = new Gauge({
    name: 'gangway_api_streams_open',
    help: 'Streams of events that somebody follows.',
    registers,
  });
  const requests = new Counter({
    name: 'gangway_api_requests_total',
    help: 'Requests that ended. Route "unmatched": none, or refused before it was known. Status "aborted": nobody waited for the answer.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'gangway_api_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer. Without streams of events.',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers,
  });
  const problems = new Counter({
    name: 'gangway_api_problems_total',
    help: 'Requests that were refused or failed, by the code of the problem.',
    labelNames: ['code'],
    registers,
  });
  return {
    requestBegan: () => underWay.inc(),
    requestBecameStream() {
      underWay.dec();
      openStreams.inc();
    },
    requestEnded({ method, route, status, seconds, wasStream, problem }) {
      (wasStream ? openStreams : underWay).dec();
      requests.inc({ method, route, status });
      if (!wasStream) durations.observe({ method, route }, seconds);
      if (problem !== undefined) problems.inc({ code: problem });
    },
    async read() {
      return mergeExpositions(await Promise.all([registry.metrics(), readOthers()]));
    },
  };
}
