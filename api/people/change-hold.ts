import type { LegalHold } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from './person-or-404.ts';

const MAX_ATTEMPTS = 5;

export const NO_HOLD = undefined;

export function holdOf({ now }: ApiContext, { actor }: Call, reason: string): LegalHold {
  return { placedBy: actor.ownerId, placedAtMs: now(), reason };
}

/** Places a hold where there is none, or lifts the one there is. The first one placed stays. */
export async function changeHold(
  context: ApiContext,
  orgId: string,
  personId: string,
  legalHold: LegalHold | undefined,
): Promise<void> {
  const { people } = context.repositories;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const person = await personOr404(context, orgId, personId);
    if ((person.legalHold === undefined) === (legalHold === undefined)) return;
    if ((await people.update(orgId, personId, person.rev, { legalHold })) !== undefined) return;
  }
  throw new Problem('CONCURRENT_CHANGE');
}
