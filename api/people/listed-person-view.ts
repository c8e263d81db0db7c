import { PERSON_ACTION_NAMES, refusalOf } from '../../shared/domain/people/person-actions.ts';
import type { Call } from '../http/call.ts';
import { problemKindOf } from '../http/problem.ts';
import { callerOf } from './assert-may.ts';
import type { PersonFacts } from './person-facts.ts';
import { personView } from './person-view.ts';

/** A person, the case that is open, and what this caller may do now. */
export function listedPersonView(call: Pick<Call, 'actor'>, facts: PersonFacts) {
  const caller = callerOf(call);
  const open = facts.openCase?.record;
  const mayRead = caller.may(open?.kind === 'departure' ? 'departures:read' : 'cases:read');
  const record = mayRead || caller.may('cases:read') ? open : undefined;
  return {
    ...personView(facts.person),
    ...(record === undefined ? {} : { openCase: { id: record.id, kind: record.kind, state: record.state } }),
    actions: Object.fromEntries(
      PERSON_ACTION_NAMES.map((action) => {
        const refusal = refusalOf(action, facts, caller);
        if (refusal === undefined) return [action, { available: true }];
        return [action, { available: false, ...refusal, reason: problemKindOf(refusal.code).sentence }];
      }),
    ),
  };
}
