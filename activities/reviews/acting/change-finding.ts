import type { Finding, WithdrawalReason } from '../../../shared/domain/reviews/finding.ts';
import type { FindingChanges } from '../../../shared/platform/persistence/finding-repository.ts';
import type { Acting } from './acting-ports.ts';

/** Somebody else changed the finding since it was read: whoever looks next sees what it is by now. */
export class FindingChanged extends Error {
  override readonly name = 'FindingChanged';
}

/** Throws `FindingChanged` where somebody else was first. */
export async function changeFinding(
  { ports }: Acting,
  finding: Finding,
  changes: FindingChanges,
): Promise<Finding> {
  const changed = await ports.repositories.findings.update(finding, changes);
  if (changed === undefined) throw new FindingChanged(`${finding.id} was changed meanwhile`);
  return changed;
}

export function withdraw(acting: Acting, finding: Finding, withdrawnFor: WithdrawalReason): Promise<Finding> {
  const action = { ...finding.action, withdrawnFor };
  return changeFinding(acting, finding, { state: 'withdrawn', action, nextAtMs: undefined });
}

/** It could not be started, and somebody has to decide again. */
export function refuse(acting: Acting, finding: Finding, code: string): Promise<Finding> {
  const { startedAtMs: _begun, ...known } = finding.action ?? {};
  const action = { ...known, fault: { code, atMs: acting.nowMs } };
  return changeFinding(acting, finding, { state: 'refused', action, nextAtMs: undefined });
}
