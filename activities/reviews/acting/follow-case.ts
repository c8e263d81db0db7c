import { standingOf } from '../../../shared/domain/reviews/case-standing.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { nextLookAt } from '../../../shared/domain/reviews/next-look.ts';
import type { Acting } from './acting-ports.ts';
import { changeFinding, withdraw } from './change-finding.ts';

/** Looks whether the case of a finding has done what was decided. */
export async function followCase(acting: Acting, finding: Finding): Promise<Finding> {
  const { ports, nowMs } = acting;
  const { orgId, id, action } = finding;
  const { caseId, startedAtMs = nowMs } = action ?? {};
  const record = caseId === undefined ? undefined : await ports.repositories.cases.get(orgId, caseId);
  if (record === undefined) throw new Error(`the case of ${id} is not there`);
  const standing = standingOf(record);
  switch (standing.kind) {
    case 'proven':
      return changeFinding(acting, finding, {
        ...{ state: 'done', action: { ...action, provenAtMs: standing.atMs }, nextAtMs: undefined },
      });
    case 'off':
      return withdraw(acting, finding, 'CASE_CANCELLED');
    case 'under_way':
      return changeFinding(acting, finding, { nextAtMs: nextLookAt(record.dueAtMs, startedAtMs, nowMs) });
  }
}
