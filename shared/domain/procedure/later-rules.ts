import type { DepartureTemplate } from '../planner/departure-procedure.ts';
import { HANDOVER_STEPS } from '../planner/departure/handover.ts';
import { DAY_MS } from '../planner/plan-step.ts';
import { isPurgeGate, type PlannedStep } from '../plan.ts';
import { ofKind, type CheckedPlan } from './checked-plan.ts';
import { fault, type ProcedureFault, type Rule } from './procedure-fault.ts';

/** Whoever is away for two weeks comes back in time to stop a deletion. */
const SHORTEST_GRACE_MS = 14 * DAY_MS;

/** Of the first target; the others have the same days. */
function proofsOfTheWeeks(checked: CheckedPlan): readonly PlannedStep[] {
  return ofKind(checked, 'proveLockedOut').filter(
    ({ due, params }) => due.kind === 'at' && params['again'] === 1 && params['target'] === undefined,
  );
}

const NOTICES = [
  ['notifyManager', '/noticeDaysBefore'],
  ['informLeaver', '/leaverNoticeDaysBefore'],
] as const;

export const noticeRule: Rule<DepartureTemplate> = (checked) =>
  NOTICES.flatMap(([kind, field]) =>
    ofKind(checked, kind)
      .filter((step) => checked.dueAtMs(step) > checked.plan.leaveAtMs)
      .map(() => fault('PROCEDURE_NOTICE_LATE', field, 'The notice would come after the leave time.')),
  );

export const orderOfDaysRule: Rule<DepartureTemplate> = (checked) => [
  ...unordered(checked, proofsOfTheWeeks(checked), checked.plan.leaveAtMs, '/proofDays'),
  ...unordered(checked, ofKind(checked, 'remindBeforeDeletion'), -Infinity, '/reminderDaysBefore'),
];

function unordered(
  { dueAtMs }: CheckedPlan,
  steps: readonly PlannedStep[],
  afterMs: number,
  field: string,
): readonly ProcedureFault[] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    if (dueAtMs(step) > (before === undefined ? afterMs : dueAtMs(before))) return [];
    return [
      fault(
        'PROCEDURE_DAYS_UNORDERED',
        `${field}/${index}`,
        'This day does not come after the one before it.',
      ),
    ];
  });
}

/** What the template itself puts after the gate's day. What a departure asks for, the gate waits for. */
export const gateRule: Rule<DepartureTemplate> = (checked, { autoReplyDays }) => {
  const [gate] = checked.plan.steps.filter(isPurgeGate);
  if (gate === undefined) return [];
  const handedOver = ofKind(checked, ...HANDOVER_STEPS.map(({ kind }) => kind));
  const replies = autoReplyDays === undefined ? [] : ofKind(checked, 'endAutoReply');
  const planned: readonly (readonly [PlannedStep, string])[] = [
    ...proofsOfTheWeeks(checked).map((step, index) => [step, `/proofDays/${index}`] as const),
    ...handedOver.map((step) => [step, '/handoverDay'] as const),
    ...replies.map((step) => [step, '/autoReplyDays'] as const),
  ];
  return planned
    .filter(([step]) => checked.comesAfter(gate, step) && checked.dueAtMs(step) > checked.dueAtMs(gate))
    .map(([step, field]) =>
      fault('PROCEDURE_AFTER_GATE', field, `${step.kind} would be due after the purge gate opens.`),
    );
};

/** Nothing is deleted, on any target, before everything is archived on every one. */
export const archiveRule: Rule<DepartureTemplate> = (checked) => {
  const { dueAtMs, comesAfter } = checked;
  const archives = ofKind(checked, 'archiveMailbox');
  const last = ofKind(checked, 'archiveNewMail');
  const late = (steps: readonly PlannedStep[]): boolean =>
    steps.some((step) =>
      archives.some((archive) => dueAtMs(archive) > dueAtMs(step) || !comesAfter(step, archive)),
    );
  const deletions = ofKind(checked, 'deleteAccount');
  const unfinished = deletions.some((step) => last.some((archive) => !comesAfter(step, archive)));
  if (unfinished || late(deletions))
    return [
      fault(
        'PROCEDURE_DELETES_BEFORE_ARCHIVE',
        '/archiveDay',
        'The day of the archive lies after the end of the grace.',
      ),
    ];
  if (!late(checked.plan.steps.filter(isPurgeGate))) return [];
  return [
    fault(
      'PROCEDURE_GATE_BEFORE_ARCHIVE',
      '/archiveDay',
      'The day of the archive lies after the day of the purge gate.',
    ),
  ];
};

/** From the gate on every deletion keeps the grace, and every reminder lies within it. */
export const graceRule: Rule<DepartureTemplate> = (checked) => {
  const { dueAtMs, comesAfter } = checked;
  const [gate] = checked.plan.steps.filter(isPurgeGate);
  if (gate === undefined) return [];
  const deletions = ofKind(checked, 'deleteAccount');
  const isHasty = (step: PlannedStep): boolean =>
    dueAtMs(step) - dueAtMs(gate) < SHORTEST_GRACE_MS || !comesAfter(step, gate);
  const isUseless = (reminder: PlannedStep): boolean =>
    dueAtMs(reminder) < dueAtMs(gate) ||
    deletions.some((step) => dueAtMs(step) - dueAtMs(reminder) < DAY_MS || !comesAfter(step, reminder));
  const tooShort = deletions.some(isHasty)
    ? [fault('PROCEDURE_GRACE_TOO_SHORT', '/graceDays', 'The deletion would come sooner than that.')]
    : [];
  const useless = ofKind(checked, 'remindBeforeDeletion').flatMap((reminder, index) => {
    if (!isUseless(reminder)) return [];
    const detail = 'This reminder would not lie within the grace.';
    return [fault('PROCEDURE_REMINDER_OUTSIDE_GRACE', `/reminderDaysBefore/${index}`, detail)];
  });
  return [...tooShort, ...useless];
};
