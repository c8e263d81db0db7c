import type { Acting } from '../http/call.ts';
import { Problem } from '../http/problem.ts';

/** Nobody starts, releases or approves what is done to themselves, where the key says whose it is. */
export function assertNotSelf(
  call: Acting,
  personId: string,
  code: 'SELF_DEPARTURE' | 'OWN_ROLE' = 'SELF_DEPARTURE',
): void {
  if (call.actor.key.personId === personId) throw new Problem(code);
}
