import type { ApiContext } from '../api-context.ts';
import { keepDoing } from '../keep-doing.ts';
import { startCase } from './open-case.ts';

const EVERY_MS = 5_000;
/** A request younger than this is still in the hands of whoever took it. */
const SETTLE_MS = 5_000;
const AT_ONCE = 50;

/**
 * Starts, soon after the engine is back, the cases that were taken while it was away: an urgent one cannot wait for
 * the next turn of the reconcile schedule. Looks into the database, so that an API that died forgets none.
 */
export function keepStartingRequested(context: ApiContext): () => Promise<void> {
  return keepDoing(context, {
    everyMs: EVERY_MS,
    failure: 'cases that wait for the engine could not be started',
    turn: (isStopped) => startRequested(context, isStopped),
  });
}

/** Ends at the first that the engine does not take: the others would wait just as long. */
export async function startRequested(context: ApiContext, isStopped: () => boolean): Promise<void> {
  const requested = await context.repositories.cases.listRequested(AT_ONCE, context.now() - SETTLE_MS);
  for (const record of requested) {
    if (isStopped()) return;
    const { engine } = await startCase(context, record);
    if (engine !== 'started') return;
    context.logger.info({ caseId: record.id }, 'a case that waited for the engine was started');
  }
}
