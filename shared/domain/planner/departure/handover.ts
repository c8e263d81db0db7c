import type { HandoverPlan } from '../../handover.ts';
import type { HandoverPart } from '../../target-capabilities.ts';
import type { StepKind } from '../../step-kinds.ts';
import { at, type StepDraft } from '../plan-step.ts';
import { keyOn, paramsOn, type DepartureDays, type PlannedTarget } from './departure-days.ts';
import { firstProofOn } from './lockout.ts';
import { questionKey } from './questions.ts';

export const NAME_RECIPIENT_KEY = 'name-recipient';

export const HANDOVER_STEPS: readonly {
  readonly part: HandoverPart;
  readonly key: string;
  readonly kind: StepKind;
}[] = [
  { part: 'mail', key: 'transfer-mail', kind: 'transferMail' },
  { part: 'files', key: 'transfer-files', kind: 'transferFiles' },
  { part: 'calendars', key: 'hand-over-calendars', kind: 'handOverCalendars' },
  { part: 'meetings', key: 'hand-over-meetings', kind: 'handOverMeetings' },
  { part: 'contacts', key: 'export-contacts', kind: 'exportContacts' },
];

/** Gives something of the leaver's to whoever receives. */
export function isHandoverStep(kind: StepKind): boolean {
  return HANDOVER_STEPS.some((step) => step.kind === kind);
}

/** Nobody receives by rule: a person is asked, from the leave day on. */
export function recipientQuestion({ handover, leaveAtMs }: DepartureDays): readonly StepDraft[] {
  if (handover?.askRecipient !== true) return [];
  return [{ key: NAME_RECIPIENT_KEY, kind: 'nameRecipient', due: at(leaveAtMs), manual: true }];
}

/** What the leaver had on one target, given to somebody after the account is locked. */
export function handover(days: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  const { handover: plan, dayAfter, asks } = days;
  const { ways } = target;
  if (plan === undefined || ways === undefined) return [];
  const before = [firstProofOn(target), ...(plan.askRecipient ? [NAME_RECIPIENT_KEY] : [])];
  const steps = HANDOVER_STEPS.filter(({ part }) => ways[part] !== undefined).map(
    ({ part, key, kind }): StepDraft => {
      const answers = asks.filter((item) => item === part).map(questionKey);
      return {
        ...{ key: keyOn(target, key), kind, due: at(dayAfter(plan.day)), dependsOn: [...before, ...answers] },
        ...byWhom(plan, target, part),
      };
    },
  );
  return [...access(days, target), ...steps];
}

/** Time-boxed reading of the mailbox: given at the leave instant, and ended on its day. */
function access({ handover: plan, leaveAtMs, dayAfter }: DepartureDays, target: PlannedTarget) {
  if (plan?.accessDays === undefined || target.ways?.access === undefined) return [];
  const untilMs = dayAfter(plan.accessDays);
  const grant = keyOn(target, 'grant-mailbox-access');
  const { params, ...who } = byWhom(plan, target, 'access');
  const steps: readonly StepDraft[] = [
    {
      ...{ key: grant, kind: 'grantMailboxAccess', due: at(leaveAtMs), follows: [firstProofOn(target)] },
      ...who,
      params: { ...params, untilMs },
    },
    {
      ...{ key: keyOn(target, 'end-mailbox-access'), kind: 'endMailboxAccess', due: at(untilMs) },
      ...who,
      dependsOn: [grant],
      params,
    },
  ];
  return steps;
}

/** What the target cannot do is a checklist item of whoever receives. */
function byWhom(plan: HandoverPlan, target: PlannedTarget, part: HandoverPart) {
  if (target.ways?.[part] !== 'manual') return { params: paramsOn(target) };
  const owner = plan.ownerId === undefined ? {} : { ownerId: plan.ownerId };
  return { manual: true as const, params: { ...paramsOn(target), ...owner } };
}
