import type { WriteResult } from '../../../directory/accounts/write-account.ts';
import type { CallOutcome } from '../../ports/target-connector.ts';

/** Refusals are the directory's codes in small letters. */
export function outcomeOf(result: WriteResult): CallOutcome {
  return result.kind === 'refused'
    ? { kind: 'refused', reason: result.code.toLowerCase() }
    : { kind: result.kind };
}
