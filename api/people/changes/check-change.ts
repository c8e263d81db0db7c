import { changeFactsOf } from '../../../shared/domain/people/action-subject.ts';
import { whyNot, type PersonChange } from '../../../shared/domain/people/why-not.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Call } from '../../http/call.ts';
import { Problem } from '../../http/problem.ts';
import { callerOf } from '../assert-may.ts';
import { factsOfOne } from '../person-facts.ts';

/** Throws why the person cannot be changed this way by this caller, as the lists of people say it. */
export async function assertChangeable(
  context: ApiContext,
  call: Pick<Call, 'actor'>,
  person: Person,
  change: PersonChange,
): Promise<void> {
  const facts = await factsOfOne(context, person);
  const refused = whyNot(change, changeFactsOf(facts, callerOf(call)));
  if (refused === undefined) return;
  const { openCase } = facts;
  const members = refused === 'CASE_OPEN' && openCase !== undefined ? { caseId: openCase.id } : {};
  throw new Problem(refused, { members });
}
