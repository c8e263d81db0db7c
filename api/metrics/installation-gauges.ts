import { Gauge, type Registry } from 'prom-client';
import { CASE_STATES } from '../../shared/domain/case-states.ts';
import type { Logger } from '../../shared/platform/logging.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { InstallationFigures } from './installation-figures.ts';

export interface InstallationSources {
  readonly readFigures: () => Promise<InstallationFigures>;
  /** Throws when the database does not answer. */
  readonly pingStore: () => Promise<void>;
  readonly isEngineReachable: () => Promise<boolean>;
}

/** Several that ask at once, or within this time, get the same figures. */
const KEEP_MS = 5_000;
/** Shorter than Prometheus waits for everything. */
const ANSWER_WITHIN_MS = 3_000;

/** What the database and the engine know, asked when somebody reads the metrics. Who does not answer in time has no figures. */
export function addInstallationGauges(
  registry: Registry,
  sources: InstallationSources,
  logger: Pick<Logger, 'warn'>,
): void {
  const registers = [registry];
  const figures = keptFor(KEEP_MS, () => inTime(sources.readFigures(), logger));
  const gauge = (name: string, help: string, read: () => Promise<number | undefined>): void => {
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        const value = await read();
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  };
  const toFlag = (answers: boolean | undefined): number => (answers === true ? 1 : 0);

  gauge('gangway_database_up', '1 when the database answers.', async () =>
    toFlag(
      await inTime(
        sources.pingStore().then(() => true),
        logger,
      ),
    ),
  );
  gauge('gangway_engine_up', '1 when Temporal answers.', async () =>
    toFlag(await inTime(sources.isEngineReachable(), logger)),
  );
  new Gauge({
    name: 'gangway_cases',
    help: 'Cases in each state, over all organisations.',
    labelNames: ['state'],
    registers,
    async collect() {
      const now = await figures();
      this.reset();
      if (now !== undefined) for (const state of CASE_STATES) this.set({ state }, now.byState[state] ?? 0);
    },
  });
  gauge(
    'gangway_cases_needing_attention',
    'Open cases with a step that failed, or is red for too long.',
    async () => (await figures())?.needingAttention,
  );
  gauge(
    'gangway_cases_not_started',
    'Cases that were asked for and that Temporal does not know yet.',
    async () => (await figures())?.notStarted,
  );
  gauge(
    'gangway_lockouts_overdue',
    'Accounts that are due to be locked out for over 15 minutes, without a proof.',
    async () => (await figures())?.overdueLockouts,
  );
  gauge(
    'gangway_welcome_mails_parked',
    'Welcome mails that could not be sent for too long: somebody has to ask for them again.',
    async () => (await figures())?.parkedWelcomes,
  );
  new Gauge({
    name: 'gangway_late_steps',
    help: 'Steps that wait for nobody, are due for over 15 minutes, and are not settled. Of the first hundred late cases.',
    labelNames: ['kind'],
    registers,
    async collect() {
      const now = await figures();
      this.reset();
      for (const [kind, count] of now?.lateSteps ?? []) this.set({ kind }, count);
    },
  });
}

function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly atMs: number } | undefined;
  return () => {
    if (kept === undefined || performance.now() - kept.atMs > ms)
      kept = { value: read(), atMs: performance.now() };
    return kept.value;
  };
}

/** `undefined` when there is no answer in time: whoever reads the metrics sees that figures are missing. */
async function inTime<T>(answer: Promise<T>, logger: Pick<Logger, 'warn'>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    if (!(error instanceof StoreUnavailable))
      logger.warn({ err: error }, 'figures of the metrics are missing');
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
