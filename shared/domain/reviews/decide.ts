import type { LocalCalendar } from '../local-calendar.ts';
import type { Person } from '../person.ts';
import { LAST_DAY_LIMITS } from '../planner/departure-procedure.ts';
import { isNameOf } from '../typed-name.ts';
import type { DecidedWhat, Decider, Decision, DecisionKind } from './decision.ts';
import { UNDECIDED_STATES, type Finding } from './finding.ts';
import type { ReviewRule } from './review-rule.ts';
import type { Review } from './review.ts';

/** Why something cannot be decided, by the code of the API. */
export interface DecisionRefusal {
  readonly kind: 'refused';
  readonly code:
    | 'REVIEW_NOT_OPEN'
    | 'FINDING_STATE'
    | 'OWN_FINDING'
    | 'SECOND_IS_DECIDER'
    | 'DECISION_NOT_ALLOWED'
    | 'REASON_MISSING'
    | 'PROOF_MISSING'
    | 'DATE_INVALID'
    | 'DATE_OUT_OF_RANGE'
    | 'NAME_MISMATCH';
  /** The member of what was decided that is wrong. */
  readonly member?: string;
  /** Of a day. */
  readonly earliest?: string;
  readonly latest?: string;
}

/** `undefined`: it is taken away. Written over the revision that was judged. */
export interface FindingVerdict {
  readonly kind: 'changes';
  readonly changes: Pick<Finding, 'state'> & {
    readonly decision: Decision | undefined;
    readonly action?: undefined;
    readonly nextAtMs: number | undefined;
  };
}

/** What is judged, and by what. */
export interface DecisionScene {
  readonly finding: Finding;
  readonly review: Pick<Review, 'state' | 'terms'>;
  readonly rule: Pick<ReviewRule, 'allows'>;
  /** Whom the finding is about, where it is anybody. */
  readonly person?: Pick<Person, 'firstName' | 'lastName'> | undefined;
  readonly calendar: LocalCalendar;
  readonly nowMs: number;
}

export type WantedDecision = DecidedWhat & { readonly reason: string };

/** What is kept is looked at again after so many days. */
const MOST_DAYS_KEPT = 3 * 365;

/** Decisions that can be taken about what a rule finds. */
export function allowedKinds({ allows }: Pick<ReviewRule, 'allows'>): readonly DecisionKind[] {
  return ['keep', 'attest', ...allows];
}

/** What whoever may decide anything has it carried out with. */
export const SCOPES_NEEDED = ['people:write', 'departures:write', 'cases:write'] as const;

/** What somebody who does it by hand needs for it: nobody gets more done by a decision than without one. */
export const SCOPE_NEEDED: Readonly<Record<DecisionKind, (typeof SCOPES_NEEDED)[number] | undefined>> = {
  keep: undefined,
  attest: undefined,
  disable: 'cases:write',
  start_departure: 'departures:write',
  change_role: 'people:write',
  remove_alias: 'people:write',
  remove_redirect: 'people:write',
  end_auto_reply: 'people:write',
  start_deletion: 'cases:write',
};

/**
 * Decides about a finding. What was decided before and waits for its second person is decided anew by it. Of an administrator it waits
 * for somebody else.
 */
export function decide(
  scene: DecisionScene,
  wanted: WantedDecision,
  by: Decider,
): FindingVerdict | DecisionRefusal {
  const { finding, nowMs } = scene;
  const fault = timingFault(scene) ?? ownFault(finding, by) ?? wantedFault(scene, wanted);
  if (fault !== undefined) return fault;
  const decision: Decision = { ...wanted, by, atMs: nowMs };
  if (!finding.needsSecond) return settled(decision, nowMs);
  return {
    kind: 'changes',
    // What became of an earlier decision stays until this one counts: it says where a rejection leads back to.
    changes: { state: 'awaiting_second', decision, nextAtMs: undefined },
  };
}

/** The second person agrees: it becomes what it would have become at once. */
export function confirmDecision(scene: DecisionScene, by: Decider): FindingVerdict | DecisionRefusal {
  const { finding, nowMs } = scene;
  const seconded = secondedDecision(scene, by);
  if ('code' in seconded) return seconded;
  // The days of a decision may have passed while it waited.
  const fault = ownFault(finding, by) ?? wantedFault(scene, seconded);
  return fault ?? settled({ ...seconded, second: { ...by, atMs: nowMs } }, nowMs);
}

/** The second person does not agree: somebody has to decide again. */
export function rejectDecision(scene: DecisionScene, by: Decider): FindingVerdict | DecisionRefusal {
  const { finding } = scene;
  const seconded = secondedDecision(scene, by);
  if ('code' in seconded) return seconded;
  const fault = ownFault(finding, by);
  if (fault !== undefined) return fault;
  const state = finding.action?.fault === undefined ? 'open' : 'refused';
  return { kind: 'changes', changes: { state, decision: undefined, nextAtMs: undefined } };
}

/** Whether this one may say yes or no to what somebody else decided, as far as it is about people. */
export function maySecond(finding: Finding, by: Decider): boolean {
  const { decision } = finding;
  return decision !== undefined && isAnother(decision.by, by) && ownFault(finding, by) === undefined;
}

function secondedDecision(scene: DecisionScene, by: Decider): Decision | DecisionRefusal {
  const { state, decision } = scene.finding;
  if (state !== 'awaiting_second' || decision === undefined) return refused('FINDING_STATE');
  return timingFault(scene) ?? (isAnother(decision.by, by) ? decision : refused('SECOND_IS_DECIDER'));
}

function settled(decision: Decision, atMs: number): FindingVerdict {
  const { kind } = decision;
  const state = kind === 'attest' ? 'attested' : kind === 'keep' ? 'kept' : 'decided';
  const nextAtMs = kind === 'attest' ? undefined : atMs;
  return { kind: 'changes', changes: { state, decision, action: undefined, nextAtMs } };
}

/** After the end of a review only what could not be started is decided again, and what waits since then for a second person. */
function timingFault({ finding, review }: DecisionScene): DecisionRefusal | undefined {
  const { state } = finding;
  if (!(UNDECIDED_STATES as readonly string[]).includes(state)) return refused('FINDING_STATE');
  const isRetried = review.state === 'carrying_out' && state !== 'open';
  return review.state === 'open' || isRetried ? undefined : refused('REVIEW_NOT_OPEN');
}

function ownFault({ personId }: Finding, by: Decider): DecisionRefusal | undefined {
  return personId !== undefined && personId === by.personId ? refused('OWN_FINDING') : undefined;
}

/** Two owners are two people, unless both are known to be the same. */
function isAnother(first: Decider, second: Decider): boolean {
  if (first.ownerId === second.ownerId) return false;
  return first.personId === undefined || first.personId !== second.personId;
}

function wantedFault(scene: DecisionScene, wanted: WantedDecision): DecisionRefusal | undefined {
  const { rule, person, review, calendar, nowMs } = scene;
  if (!allowedKinds(rule).includes(wanted.kind)) return refused('DECISION_NOT_ALLOWED', 'kind');
  if (wanted.reason.trim() === '') return refused('REASON_MISSING', 'reason');
  const today = calendar.localOf(nowMs, review.terms.timeZone).date;
  const fromToday = (days: number): string => calendar.addDays(today, days);
  switch (wanted.kind) {
    case 'keep':
      return dayFault(calendar, wanted.until, 'until', [fromToday(1), fromToday(MOST_DAYS_KEPT)]);
    case 'attest':
      return wanted.proof.trim() === '' ? refused('PROOF_MISSING', 'proof') : undefined;
    case 'start_departure': {
      const range = [fromToday(-LAST_DAY_LIMITS.pastDays), fromToday(LAST_DAY_LIMITS.futureDays)] as const;
      return wanted.lastDay === undefined ? undefined : dayFault(calendar, wanted.lastDay, 'lastDay', range);
    }
    case 'start_deletion': {
      const isMeant = person !== undefined && isNameOf(person, wanted.typedName);
      return isMeant ? undefined : refused('NAME_MISMATCH', 'typedName');
    }
    default:
      return undefined;
  }
}

function dayFault(
  calendar: LocalCalendar,
  day: string,
  member: string,
  [earliest, latest]: readonly [string, string],
): DecisionRefusal | undefined {
  if (!calendar.isDate(day)) return refused('DATE_INVALID', member);
  const isInRange = day >= earliest && day <= latest;
  return isInRange ? undefined : { ...refused('DATE_OUT_OF_RANGE', member), earliest, latest };
}

function refused(code: DecisionRefusal['code'], member?: string): DecisionRefusal {
  return { kind: 'refused', code, ...(member === undefined ? {} : { member }) };
}
