import { DEFAULT_CASE_POLICY } from '../../../shared/contract/case.ts';
import { lostForGood } from '../../../shared/domain/lost-for-good.ts';
import type { Plan, PlannedStep } from '../../../shared/domain/plan.ts';
import { STEP_DESCRIPTIONS } from '../../../shared/domain/procedure/step-descriptions.ts';
import { UNDONE_BY, type StepKind } from '../../../shared/domain/step-kinds.ts';
import type { DescribedStep } from './described-step.ts';
import { counted, listed } from './relative-time.ts';
import type { Fact, WrittenStep } from './written-procedure.ts';

const { retries, approvalReminderMs, approvalEscalationMs } = DEFAULT_CASE_POLICY;

/** `48 hours`, `15 minutes`. */
export function duration(ms: number): string {
  const minutes = ms / 60_000;
  return minutes < 60 ? counted(minutes, 'minute') : counted(minutes / 60, 'hour');
}

/** `every hour`, `every 10 minutes`. */
export function every(ms: number): string {
  return `every ${duration(ms).replace(/^1 /u, '')}`;
}

/** A step in words: what the procedure says of it, and what its kind implies. */
export function writtenStep({ step, plan, when }: DescribedStep): WrittenStep {
  const { title, does, proof, onlyIf, varies } = STEP_DESCRIPTIONS[step.kind];
  const again = step.params['again'] === 1 && step.kind === 'proveLockedOut';
  return {
    title: again ? `${title}, again` : title,
    does,
    facts: [
      ['When', varies === undefined ? `${when}.` : `${when}. ${varies}`],
      ...fact('Only if', onlyIf && `${onlyIf}.`),
      ...fact('Waits for', waitsFor(step, plan)),
      ...fact('Comes after', comesAfter(step, plan)),
      ['Proven by', proof],
      ...fact('Approved by', approval(step)),
      ['Tried for', patience(step)],
      ...fact('Undone by', undoing(step)),
      ...fact('Left out', leavingOut(step)),
    ],
  };
}

function fact(name: string, text: string | undefined): readonly Fact[] {
  return text === undefined ? [] : [[name, text]];
}

function titlesOf(keys: readonly string[], { steps }: Plan): string {
  const kinds = steps.filter(({ key }) => keys.includes(key)).map(({ kind }) => kind);
  return listed([...new Set(kinds)].map((kind) => `“${STEP_DESCRIPTIONS[kind].title}”`));
}

function waitsFor({ key, dependsOn }: PlannedStep, plan: Plan): string | undefined {
  if (dependsOn.length === 0) return undefined;
  const before = plan.steps.slice(
    0,
    plan.steps.findIndex((step) => step.key === key),
  );
  if (before.length > 1 && before.every((step) => dependsOn.includes(step.key)))
    return 'everything before it.';
  return `${titlesOf(dependsOn, plan)}.`;
}

function comesAfter({ follows }: PlannedStep, plan: Plan): string | undefined {
  if (follows.length === 0) return undefined;
  return `${titlesOf(follows, plan)}.`;
}

function approval({ needsApproval }: PlannedStep): string | undefined {
  if (!needsApproval) return undefined;
  return `somebody other than who asked for it, who types the full name of the person. Asked again ${every(approvalReminderMs)}, more urgently after ${duration(approvalEscalationMs)}; without an answer nothing happens.`;
}

function patience({ manual, patience: kind }: PlannedStep): string {
  if (manual === true) return `a person does it, and is reminded ${every(approvalReminderMs)}.`;
  const { giveUpAfterMs, flagAfterMs } = retries[kind];
  const flagged = flagAfterMs === undefined ? '' : `, and shown red after ${duration(flagAfterMs)}`;
  return `${duration(giveUpAfterMs)}${flagged}.`;
}

function undoing({ kind, destructive }: PlannedStep): string | undefined {
  if (destructive) return 'nothing: from here on the case cannot be called back.';
  const way = wayBack(kind);
  const lost = lostForGood([kind]).map(({ sentence }) => sentence);
  if (way === undefined && lost.length === 0) return undefined;
  return [way ?? 'nothing.', ...lost].join(' ');
}

function wayBack(kind: StepKind): string | undefined {
  const back = UNDONE_BY[kind];
  if (back === undefined) return undefined;
  const { title, does } = STEP_DESCRIPTIONS[back];
  return `“${title}”: ${does}`;
}

function leavingOut({ essential, unskippable }: PlannedStep): string | undefined {
  if (unskippable) return 'never: it guards the deletion.';
  return essential ? 'only by two people, with a reason.' : undefined;
}
