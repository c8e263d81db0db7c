import type { Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';

/** Nobody starts, releases, approves or ends a case of their own, where the key says whose it is. */
export function assertNotSelf(call: Call, personId: string): void {
  if (call.actor.key.personId === personId) throw new Problem('SELF_DEPARTURE');
}
