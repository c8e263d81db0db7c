import type { ReadyMessage } from '../../shared/platform/child-process.ts';
import { pause } from '../host/pause.ts';
import { StartError } from '../../shared/errors/start/start-error.ts';
import type { AskedChild } from './family-metrics.ts';
import { childLogFile, createAttempts, endChild } from './attempt-child.ts';
import type { Attempt } from './attempt-child.ts';
import type { ChildCommand } from './run-child.ts';
import { backOffMs } from './supervisor-options.ts';
import { whyNeverServed } from './why-never-served.ts';
import type { SupervisorOptions } from './supervisor-options.ts';

/** A child that never served is given up after so many attempts. */
const FIRST_ATTEMPTS = 3;

export interface SupervisedChild extends AskedChild {
  readonly ready: ReadyMessage;
  /** Only after `stopping` was aborted. Resolves when the child is gone. */
  readonly stop: () => Promise<void>;
}

type Serving = Extract<Attempt, { kind: 'serving' }>;

/**
 * Starts a child, resolves when it serves, and from then on starts it again whenever it ends, waiting longer each time.
 * Rejects with a StartError, nothing left running, when the child says why it cannot serve or fails three times.
 */
export async function supervise(command: ChildCommand, options: SupervisorOptions): Promise<SupervisedChild> {
  const attempt = createAttempts(command, options);
  let current = await firstServing(command, options, attempt);
  const { ready } = current;

  const keepServing = async (): Promise<void> => {
    let failures = 0;
    for (;;) {
      const servingSince = performance.now();
      const how = await current.child.ended;
      if (performance.now() - servingSince >= options.patience.stableAfterMs) failures = 0;
      const again = await servingAgain(command, options, attempt, `stopped (${how})`, failures);
      if (again === undefined) return;
      current = again.serving;
      failures = again.failures;
    }
  };

  const finished = keepServing();
  return {
    ready,
    askMetrics: () => current.child.askMetrics(),
    stop: async () => {
      await endChild(current.child, options.patience.stopsWithinMs);
      await finished;
    },
  };
}

async function firstServing(
  command: ChildCommand,
  options: SupervisorOptions,
  attempt: () => Promise<Attempt>,
): Promise<Serving> {
  for (let failures = 1; ; failures += 1) {
    const outcome = await attempt();
    if (outcome.kind === 'serving') return outcome;
    if (outcome.kind === 'refused') throw StartError.received(outcome.code, outcome.sentence);
    if (outcome.kind === 'interrupted') throw StartError.of('INTERRUPTED', {});
    if (failures === FIRST_ATTEMPTS) {
      throw await whyNeverServed(command, outcome.reason, childLogFile(command, options));
    }
    await pause(backOffMs(failures, options.patience), options.stopping);
  }
}

/** Undefined when the supervisor stops meanwhile. */
async function servingAgain(
  { name }: ChildCommand,
  options: SupervisorOptions,
  attempt: () => Promise<Attempt>,
  howItEnded: string,
  failuresBefore: number,
): Promise<{ readonly serving: Serving; readonly failures: number } | undefined> {
  const isStopping = (): boolean => options.stopping.aborted;
  let reason = howItEnded;
  for (let failures = failuresBefore + 1; !isStopping(); failures += 1) {
    const delayMs = backOffMs(failures, options.patience);
    options.print(`${name} ${reason}; starting it again in ${delayMs / 1000} s.`);
    await pause(delayMs, options.stopping);
    const outcome = await attempt();
    if (outcome.kind === 'serving' && !isStopping()) {
      options.metrics.restarted(name);
      options.print(`${name} serves again.`);
      return { serving: outcome, failures };
    }
    if (outcome.kind === 'serving') await endChild(outcome.child, options.patience.stopsWithinMs);
    else if (outcome.kind !== 'interrupted') {
      reason = outcome.kind === 'failed' ? outcome.reason : `cannot serve (${outcome.sentence})`;
    }
  }
  return undefined;
}
