import type { Decision } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { requestAs } from '../../desk/request-as.ts';
import type { Call } from '../../http/call.ts';

/** A finding about which something was decided. */
export type Decided = Finding & { readonly decision: Decision };

/** Of one decision: a finding that is decided again has another one. */
export function keyOfDecision({ id, decision }: Decided): string {
  return `review:${id}:${decision.atMs}`;
}

/** What a decision asks for, as a request of whoever decided, under a key of its own. */
export function requestOfFinding(
  finding: Decided,
  request: Pick<Call, 'method' | 'path' | 'params' | 'body'>,
  signal: AbortSignal,
): Call {
  const { id, orgId, decision } = finding;
  const { ownerId, personId, scopes } = decision.by;
  const asking = {
    ...{ id, orgId, ownerId, personId, scopes },
    ...{ createdAtMs: decision.atMs, requestId: id, idempotencyKey: keyOfDecision(finding) },
  };
  return requestAs(asking, request, signal);
}
