import type { ActionCaller } from '../../shared/domain/people/action-subject.ts';
import { earlyRefusalOf, type PersonAction } from '../../shared/domain/people/person-actions.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import type { Acting } from '../http/call.ts';
import { Problem, type ProblemOptions } from '../http/problem.ts';
import { allows } from '../http/scopes.ts';
import { factsOfOne, type PersonFacts } from './person-facts.ts';

export function callerOf({ actor: { key } }: Acting): ActionCaller {
  const { scopes, personId } = key;
  return { may: (scope) => scopes === undefined || allows(scopes, scope), personId };
}

/** Refuses as the lists of people say it would. Whatever the writing decides comes after. */
export function assertMay(
  call: Acting,
  action: PersonAction,
  facts: PersonFacts,
  options: ProblemOptions = {},
): void {
  const refusal = earlyRefusalOf(action, facts, callerOf(call));
  if (refusal === undefined) return;
  const missing = 'scope' in refusal ? { detail: `This needs the scope ${refusal.scope}.` } : {};
  const enabling = { offer: `POST /v1/people/${facts.person.id}/enable` };
  const offered = refusal.code === 'ALREADY_DISABLED' ? { members: enabling } : {};
  throw new Problem(refusal.code, { ...options, ...missing, ...offered });
}

/** The person somebody names in `personId`, to whom this caller may do it. */
export async function personWhoMay(
  context: ApiContext,
  call: Acting,
  action: PersonAction,
  personId: string,
): Promise<Person> {
  const person = await context.repositories.people.get(call.actor.orgId, personId);
  const field = '/personId';
  if (person === undefined) throw new Problem('PERSON_UNKNOWN', { field });
  assertMay(call, action, await factsOfOne(context, person), { field });
  return person;
}
