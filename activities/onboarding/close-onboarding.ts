import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { CaseState } from '../../shared/domain/case-states.ts';
import type { Person } from '../../shared/domain/person.ts';
import { stepOf } from '../../shared/domain/plan.ts';
import { changePerson } from '../steps/change-person.ts';
import type { Ports } from '../steps/step-definition.ts';
import { releaseNames } from './names.ts';
import { madeAccounts } from './newcomer.ts';

/**
 * What a person is once the case is over: one who works here, with the accounts that were made; or, where it was cancelled
 * before anything was made, nobody. What is undone has come to its end by a step of its own.
 */
export async function closeOnboarding(
  ports: Ports,
  theCase: CaseRecord,
  person: Person,
  state: CaseState,
): Promise<void> {
  if (state === 'cancelled' && !isAnythingMade(theCase)) await releaseNames(ports.repositories, person);
  if (state !== 'completed' && state !== 'completed_with_exceptions') return;
  await changePerson({ ports, person }, ({ status, accounts }) => {
    const made = madeAccounts(theCase, accounts);
    if (status !== 'joining' && made.length === accounts.length) return undefined;
    return { accounts: made, ...(status === 'joining' ? { status: 'active' } : {}) };
  });
}

function isAnythingMade({ plan, steps }: CaseRecord): boolean {
  return steps.some(
    ({ key, status, round }) =>
      stepOf(plan, key)?.kind === 'createAccount' && (status !== 'waiting' || round > 1),
  );
}
