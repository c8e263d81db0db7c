import { Problem } from '../../http/problem.ts';
import { allows, type Scope } from '../../http/scopes.ts';
import type { Decided } from './request-of-finding.ts';

/** What a route asks of a key, where there is no route. */
export function assertAllowed({ decision }: Decided, scope: Scope): void {
  if (!allows(decision.by.scopes, scope)) throw new Problem('SCOPE_MISSING');
}
