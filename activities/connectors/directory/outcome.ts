import type { CreateAccountResult } from '../../../directory/accounts/create-account.ts';
import type { WriteResult } from '../../../directory/accounts/write-account.ts';
import type { CallOutcome } from '../../ports/target-connector.ts';

/** Refusals are the directory's codes in small letters. */
export function outcomeOf(result: WriteResult): CallOutcome {
  return result.kind === 'refused'
    ? { kind: 'refused', reason: result.code.toLowerCase() }
    : { kind: result.kind };
}

/** The password that the directory made is forgotten here: nobody is to know it. */
export function createdOutcome(result: CreateAccountResult): CallOutcome {
  switch (result.kind) {
    case 'created':
      return { kind: 'changed' };
    case 'already':
      return { kind: 'already' };
    case 'refused':
      return { kind: 'refused', reason: result.code.toLowerCase() };
  }
}
