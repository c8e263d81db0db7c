import { Counter, Gauge, Histogram, Summary, type Registry } from 'prom-client';
import type { Ports } from '../../activities/steps/step-definition.ts';

export interface BegunActivity {
  readonly activity: string;
  readonly queue: string;
  /** From 1; beyond it Temporal tries again. */
  readonly attempt: number;
  /** How long the attempt waited for a worker; absent for a local activity, which waits for none. */
  readonly queueSeconds?: number;
}

export interface EndedActivity {
  readonly outcome: 'done' | 'not_applicable' | 'failed' | 'cancelled';
  /** Of a failure. */
  readonly code: string;
  readonly seconds: number;
}

/** What the worker counts. Labels are kinds of steps and activities, queues and codes: there is an end of them. */
export interface WorkerMetrics {
  readonly meter: Ports['meter'];
  /** Gives what is to be called when the attempt ended. */
  activityBegan(begun: BegunActivity): (ended: EndedActivity) => void;
  /** A step that was tried by an activity which carries out several. */
  stepTried(activity: string, ended: EndedActivity): void;
  takesTasks(now: boolean): void;
  readonly isTakingTasks: () => boolean;
}

const ATTEMPT_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 600];
const QUEUE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
/** Fine around two seconds, the bound of a target that answers at once; up to the 48 hours of a target that does not. */
const LOCKOUT_SECONDS = [
  ...[0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 30],
  ...[60, 300, 900, 3_600, 21_600, 86_400, 172_800],
];
/** Why mail to whoever has to act is not sent: there from the beginning, so that the first failure is an increase. */
const NOTICE_FAILURES = [
  { activity: 'sendCaseNotice', code: 'MAIL_NOT_SENT' },
  { activity: 'sendCaseNotice', code: 'NO_RECIPIENT' },
  { activity: 'sendDigests', code: 'MAIL_NOT_SENT' },
];

export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  const taking = new Gauge({
    name: 'gangway_worker_taking_tasks',
    help: '1 while the worker takes tasks, 0 while it starts or stops.',
    registers,
  });
  const waited = new Histogram({
    name: 'gangway_activity_queue_seconds',
    help: 'Time an attempt of an activity waited in its queue for a worker.',
    labelNames: ['queue'],
    buckets: QUEUE_SECONDS,
    registers,
  });
  const underWay = new Gauge({
    name: 'gangway_activities_under_way',
    help: 'Attempts of activities that are being carried out.',
    labelNames: ['queue'],
    registers,
  });
  const attempts = new Counter({
    name: 'gangway_activity_attempts_total',
    help: 'Attempts of activities that ended. The activity of a step is its kind; the code says why one failed.',
    labelNames: ['activity', 'outcome', 'code'],
    registers,
  });
  const retries = new Counter({
    name: 'gangway_activity_retries_total',
    help: 'Attempts that Temporal made because an earlier one of the same activity failed.',
    labelNames: ['activity'],
    registers,
  });
  const durations = new Histogram({
    name: 'gangway_activity_duration_seconds',
    help: 'Time an attempt of an activity took.',
    labelNames: ['activity'],
    buckets: ATTEMPT_SECONDS,
    registers,
  });
  const lockouts = new Histogram({
    name: 'gangway_time_to_lockout_seconds',
    help: 'Time from the instant an account was due to be locked to the first proof on its target.',
    buckets: LOCKOUT_SECONDS,
    registers,
  });
  const lockoutQuantiles = new Summary({
    name: 'gangway_time_to_lockout_quantiles_seconds',
    help: 'The same time, as quantiles since the worker was started.',
    percentiles: [0.5, 0.95],
    registers,
  });
  const count = (activity: string, { outcome, code, seconds }: EndedActivity): void => {
    attempts.inc({ activity, outcome, code });
    durations.observe({ activity }, seconds);
  };
  let takesTasks = false;
  for (const failure of NOTICE_FAILURES) attempts.inc({ ...failure, outcome: 'failed' }, 0);
  return {
    meter: {
      lockoutProven(ms) {
        lockouts.observe(ms / 1000);
        lockoutQuantiles.observe(ms / 1000);
      },
    },
    activityBegan({ activity, queue, attempt, queueSeconds }) {
      underWay.inc({ queue });
      if (queueSeconds !== undefined) waited.observe({ queue }, queueSeconds);
      if (attempt > 1) retries.inc({ activity });
      return (ended) => {
        underWay.dec({ queue });
        count(activity, ended);
      };
    },
    stepTried: count,
    takesTasks(now) {
      takesTasks = now;
      taking.set(now ? 1 : 0);
    },
    isTakingTasks: () => takesTasks,
  };
}
