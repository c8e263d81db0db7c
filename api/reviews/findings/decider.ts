import type { Decider, DecisionKind } from '../../../shared/domain/reviews/decision.ts';
import { SCOPE_NEEDED } from '../../../shared/domain/reviews/decide.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Call } from '../../http/call.ts';
import { Problem } from '../../http/problem.ts';
import { allows } from '../../http/scopes.ts';

const MOST_KEYS = 200;

/** Whoever decides with a key. Who that is may be known of another key of the same owner alone. */
export async function deciderOf(
  { repositories }: Pick<ApiContext, 'repositories'>,
  { actor }: Pick<Call, 'actor'>,
): Promise<Decider> {
  const { orgId, ownerId, key } = actor;
  const keys = await repositories.apiKeys.list(orgId, { ownerId, limit: MOST_KEYS });
  const personId = key.personId ?? keys.find((one) => one.personId !== undefined)?.personId;
  return { ownerId, ...(personId === undefined ? {} : { personId }), via: 'key', scopes: key.scopes };
}

/** Nobody has more done by a decision than they could do by hand. */
export function assertMayHaveDone(scopes: readonly string[], kind: DecisionKind): void {
  const scope = SCOPE_NEEDED[kind];
  if (scope !== undefined && !allows(scopes, scope))
    throw new Problem('SCOPE_MISSING', { detail: `The decision ${kind} needs the scope ${scope}.` });
}
