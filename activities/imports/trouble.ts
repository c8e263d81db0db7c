import { ApplicationFailure } from '@temporalio/common';
import type { PassRef } from '../../shared/contract/import-engine.ts';
import { passUnderWay } from '../../shared/domain/imports/pass-progress.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { failureCodeOf } from '../steps/step-failure.ts';
import { changeImport } from './change-import.ts';
import type { ImportPorts } from './import-ports.ts';

/** What an import says of itself; everything else is `UNEXPECTED`, and the log has it. */
const TOLD: ReadonlySet<StepFailureCode> = new Set(['STORE_UNAVAILABLE', 'TARGET_UNAVAILABLE']);

/**
 * What fails is said where people look, if the database takes it, and tried again by Temporal. Rejects with an `ApplicationFailure`
 * of a type from `STEP_FAILURES`, without personal data.
 */
export async function tellingTrouble<T>(
  ports: ImportPorts,
  pass: PassRef,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const found = failureCodeOf(error);
    const code = TOLD.has(found) || found === 'WORKER_STOPPED' ? found : 'UNEXPECTED';
    const { importId } = pass;
    const err = code === 'UNEXPECTED' ? { err: error } : {};
    ports.log.warn({ importId, code, ...err }, 'an import does not go on');
    // A worker that stops is no trouble of the import.
    if (code !== 'WORKER_STOPPED') await tell(ports, pass, code);
    throw ApplicationFailure.create({ message: STEP_FAILURES[code].sentence, type: code });
  }
}

async function tell(ports: ImportPorts, pass: PassRef, code: StepFailureCode): Promise<void> {
  const atMs = ports.clock.now();
  try {
    await changeImport(ports.repositories.imports, pass, (current) =>
      passUnderWay(current, pass) === undefined ? undefined : { trouble: { code, atMs } },
    );
  } catch (error) {
    // The failure itself says why: what is thrown first counts.
    ports.log.warn({ importId: pass.importId, code: failureCodeOf(error) }, 'the trouble could not be told');
  }
}
