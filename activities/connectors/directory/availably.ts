import { DirectoryUnavailable } from '../../../directory/directory-errors.ts';
import { TargetUnavailable } from '../../ports/target-unavailable.ts';

function translated(error: unknown): unknown {
  return error instanceof DirectoryUnavailable
    ? new TargetUnavailable('the directory did not answer', { cause: error })
    : error;
}

/** The directory's outages become `TargetUnavailable`; everything else stays what it is. */
export async function availably<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

export async function* availablyEach<T>(list: () => AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* list();
  } catch (error) {
    throw translated(error);
  }
}
