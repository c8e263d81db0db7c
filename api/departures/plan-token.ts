import { createHash } from 'node:crypto';
import type { Plan } from '../../shared/domain/plan.ts';
import { canonical } from '../http/idempotency.ts';
import type { CheckedDeparture } from './check-departure.ts';
import type { ExpectedStep } from './expected-steps.ts';

/**
 * A fingerprint of what a simulation showed: the request as it was resolved, person and organisation as they were, every
 * step with its instant and call. What happens at once has no instant: the fingerprint outlives the second it was made in.
 */
export function planToken(
  { person, organisation, request }: CheckedDeparture,
  plan: Plan,
  expected: readonly ExpectedStep[],
  nowMs: number,
): string {
  const atOnce = plan.leaveAtMs <= nowMs;
  const steps = expected.map(({ step, atMs, calls }) => ({
    key: step.key,
    kind: step.kind,
    at: atOnce || atMs <= nowMs ? 'at once' : atMs,
    calls,
  }));
  const shown = {
    request,
    person: person.rev,
    organisation: organisation.rev,
    procedure: plan.procedure,
    steps,
  };
  return createHash('sha256')
    .update(JSON.stringify(canonical(shown)))
    .digest('base64url');
}
