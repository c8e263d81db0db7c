import type { DecisionKind } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { nextLookAt } from '../../../shared/domain/reviews/next-look.ts';
import type { Acting } from './acting-ports.ts';
import { changeFinding, refuse, withdraw } from './change-finding.ts';

/** Refusals that mean: it is so already, and nobody has to decide again. */
const SO_ALREADY: Readonly<Partial<Record<DecisionKind, readonly string[]>>> = {
  disable: ['ALREADY_DISABLED', 'PERSON_DEPARTED'],
  start_departure: ['PERSON_DEPARTED'],
  start_deletion: ['PERSON_DEPARTED'],
  change_role: ['ROLE_HELD'],
  remove_alias: ['ALIAS_NOT_FOUND'],
};

/** Writes that it begins, has the desk do it, and writes what became of it. The desk knows its own work again. */
export async function carryOut(acting: Acting, decided: Finding): Promise<Finding> {
  const { ports, nowMs } = acting;
  const begun = await begin(acting, decided);
  const outcome = await ports.desk.carryOut(begun);
  const { action = {} } = begun;
  switch (outcome.kind) {
    case 'proven':
      return changeFinding(acting, begun, {
        ...{ state: 'done', action: { ...action, provenAtMs: nowMs }, nextAtMs: undefined },
      });
    case 'started':
      return changeFinding(acting, begun, {
        ...{ state: 'started', action: { ...action, caseId: outcome.caseId } },
        nextAtMs: nextLookAt(undefined, nowMs, nowMs),
      });
    case 'later':
      return changeFinding(acting, begun, {
        nextAtMs: nextLookAt(undefined, action.startedAtMs ?? nowMs, nowMs),
      });
    case 'refused':
      return isSoAlready(begun, outcome.code)
        ? withdraw(acting, begun, 'ALREADY_SO')
        : refuse(acting, begun, outcome.code);
  }
}

async function begin(acting: Acting, finding: Finding): Promise<Finding> {
  if (finding.action?.startedAtMs !== undefined) return finding;
  const { fault: _earlier, ...known } = finding.action ?? {};
  return changeFinding(acting, finding, { action: { ...known, startedAtMs: acting.nowMs } });
}

function isSoAlready({ decision }: Finding, code: string): boolean {
  return decision !== undefined && SO_ALREADY[decision.kind]?.includes(code) === true;
}
