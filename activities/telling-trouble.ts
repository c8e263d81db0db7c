import { ApplicationFailure } from '@temporalio/common';
import { STEP_FAILURES, type StepFailureCode } from '../shared/errors/failure-types.ts';
import type { Ports } from './steps/step-definition.ts';
import { failureCodeOf } from './steps/step-failure.ts';

/** What is said where people look; everything else is `UNEXPECTED`, and the log has it. */
const TOLD: ReadonlySet<StepFailureCode> = new Set(['STORE_UNAVAILABLE', 'TARGET_UNAVAILABLE']);

/** Something that goes on for days, and says what keeps it from going on. */
export interface Troubled {
  /** For the log: opaque ids. */
  readonly ids: Readonly<Record<string, string>>;
  /** What the log calls it: `an import`. */
  readonly what: string;
  /** Writes it where people look. */
  tell(trouble: { readonly code: StepFailureCode; readonly atMs: number }): Promise<unknown>;
}

/**
 * What fails is said where people look, if the database takes it, and tried again by Temporal. Rejects with an `ApplicationFailure`
 * of a type from `STEP_FAILURES`, without personal data.
 */
export async function tellingTrouble<T>(
  ports: Pick<Ports, 'clock' | 'log'>,
  troubled: Troubled,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { ids, what } = troubled;
    const found = failureCodeOf(error);
    const code = TOLD.has(found) || found === 'WORKER_STOPPED' ? found : 'UNEXPECTED';
    const err = code === 'UNEXPECTED' ? { err: error } : {};
    ports.log.warn({ ...ids, code, ...err }, `${what} does not go on`);
    // A worker that stops is no trouble of its own.
    if (code !== 'WORKER_STOPPED')
      await troubled.tell({ code, atMs: ports.clock.now() }).catch((untold: unknown) => {
        // The failure itself says why: what is thrown first counts.
        ports.log.warn({ ...ids, code: failureCodeOf(untold) }, 'the trouble could not be told');
      });
    throw ApplicationFailure.create({ message: STEP_FAILURES[code].sentence, type: code });
  }
}
