import {
  termsOf,
  USUAL_CALENDAR,
  USUAL_TERMS,
  type ReviewCalendar,
  type ReviewDefinition,
  type Reviewers,
  type ReviewTerms,
} from '../../shared/domain/reviews/review-definition.ts';
import { SCOPE_NEEDED } from '../../shared/domain/reviews/decide.ts';
import { DECISION_KINDS } from '../../shared/domain/reviews/decision.ts';
import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';
import { allows } from '../http/scopes.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import type { DefinitionFields } from './definition-fields.ts';

export type CheckedDefinition = ReviewTerms & Pick<ReviewDefinition, 'calendar' | 'jitterMinutes'>;

/** A definition as it would be by what is wanted, over what it is or what is usual. Throws where that cannot be. */
export async function checkDefinition(
  context: ApiContext,
  call: Call,
  wanted: DefinitionFields,
  known: CheckedDefinition,
): Promise<CheckedDefinition> {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const { calendar, jitterMinutes } = known;
  // Without what is not for a request to say.
  const checked = { ...termsOf(known), calendar, jitterMinutes, ...given } as CheckedDefinition;
  if (!context.calendar.isZone(checked.timeZone)) throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  assertNotices(checked);
  if (wanted.reviewers !== undefined) await assertReviewers(context, call.actor.orgId, checked.reviewers);
  if (checked.onSilence === 'as_proposed') assertMayPropose(call);
  return checked;
}

/** What a new one is where nothing else is wanted. Usual notices that would come before it opens are left out. */
export async function usualDefinition(
  context: ApiContext,
  orgId: string,
  {
    name,
    openDays,
    jitterMinutes,
  }: { readonly name: string; readonly openDays: number; readonly jitterMinutes: number },
): Promise<CheckedDefinition> {
  const { timeZone } = await organisationOf(context, orgId);
  return {
    ...USUAL_TERMS,
    ...{ name, timeZone, openDays, jitterMinutes },
    calendar: USUAL_CALENDAR satisfies ReviewCalendar,
    remindDaysBefore: USUAL_TERMS.remindDaysBefore.filter((days) => days < openDays),
    escalateDaysBefore: Math.min(USUAL_TERMS.escalateDaysBefore, openDays - 1),
  };
}

function assertNotices({
  openDays,
  remindDaysBefore,
  escalateDaysBefore,
}: Pick<ReviewTerms, 'openDays' | 'remindDaysBefore' | 'escalateDaysBefore'>): void {
  if (remindDaysBefore.some((days) => days >= openDays))
    throw new Problem('NOTICE_OUTSIDE_REVIEW', { field: '/remindDaysBefore' });
  if (escalateDaysBefore >= openDays)
    throw new Problem('NOTICE_OUTSIDE_REVIEW', { field: '/escalateDaysBefore' });
}

async function assertReviewers(
  { repositories }: ApiContext,
  orgId: string,
  { personId, fallbackId }: Reviewers,
): Promise<void> {
  for (const [member, id] of Object.entries({ personId, fallbackId })) {
    const field = `/reviewers/${member}`;
    const person = id === undefined ? undefined : await repositories.people.get(orgId, id);
    if (id !== undefined && person === undefined) throw new Problem('REVIEWER_UNKNOWN', { field });
    if (person !== undefined && person.status !== 'active') throw new Problem('REVIEWER_NOT_HERE', { field });
  }
}

/** Whoever has proposals carried out by nobody's decision could do all of that themselves. */
function assertMayPropose({ actor }: Call): void {
  const lacking = DECISION_KINDS.map((kind) => SCOPE_NEEDED[kind]).find(
    (scope) => scope !== undefined && !allows(actor.key.scopes, scope),
  );
  if (lacking !== undefined)
    throw new Problem('SCOPE_MISSING', {
      field: '/onSilence',
      detail: `Carrying out what is proposed needs the scope ${lacking}.`,
    });
}
