import { DEFAULT_CASE_POLICY } from '../../../shared/contract/case.ts';
import { lostForGood } from '../../../shared/domain/lost-for-good.ts';
import type { Plan, PlannedStep } from '../../../shared/domain/plan.ts';
import { UNDONE_BY, type StepKind } from '../../../shared/domain/step-kinds.ts';
import type { DescribedStep } from './described-step.ts';
import { counted, listed } from './relative-time.ts';
import { descriptionOf, type CaseWords } from './words/case-words.ts';
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
export function writtenStep({ step, plan, when }: DescribedStep, words: CaseWords): WrittenStep {
  const { title, does, proof, onlyIf, varies } = descriptionOf(step.kind, words);
  return {
    title: `${title}${whichOf(step)}`,
    does,
    facts: [
      ['When', varies === undefined ? `${when}.` : `${when}. ${varies}`],
      ...fact('Only if', onlyIf && `${onlyIf}.`),
      ...fact('Waits for', waitsFor(step, plan, words)),
      ...fact('Comes after', comesAfter(step, plan, words)),
      ['Proven by', proof],
      ...fact('Approved by', approval(step)),
      ['Tried for', patience(step)],
      ...fact('Undone by', undoing(step, words)),
      ...fact('Left out', leavingOut(step)),
    ],
  };
}

/** What tells steps of one kind apart. */
function whichOf({ kind, params: { again, part } }: PlannedStep): string {
  if (kind === 'changePersonRecord' && part === 'demotion') return ': no administrator any more';
  if (kind === 'changePersonRecord' && part === 'oldRole') return ': the old role is over';
  return again === 1 && kind === 'proveLockedOut' ? ', again' : '';
}

function fact(name: string, text: string | undefined): readonly Fact[] {
  return text === undefined ? [] : [[name, text]];
}

function titlesOf(keys: readonly string[], { steps }: Plan, words: CaseWords): string {
  const kinds = steps.filter(({ key }) => keys.includes(key)).map(({ kind }) => kind);
  return listed([...new Set(kinds)].map((kind) => `“${descriptionOf(kind, words).title}”`));
}

function waitsFor({ key, dependsOn }: PlannedStep, plan: Plan, words: CaseWords): string | undefined {
  if (dependsOn.length === 0) return undefined;
  const before = plan.steps.slice(
    0,
    plan.steps.findIndex((step) => step.key === key),
  );
  if (before.length > 1 && before.every((step) => dependsOn.includes(step.key)))
    return 'everything before it.';
  return `${titlesOf(dependsOn, plan, words)}.`;
}

function comesAfter({ follows }: PlannedStep, plan: Plan, words: CaseWords): string | undefined {
  if (follows.length === 0) return undefined;
  return `${titlesOf(follows, plan, words)}.`;
}

function approval({ needsApproval }: PlannedStep): string | undefined {
  if (!needsApproval) return undefined;
  return `somebody other than who asked for it, who types the full name of the person. Asked again ${every(approvalReminderMs)}, more urgently after ${duration(approvalEscalationMs)}; without an answer nothing happens.`;
}

function patience({ manual, due, patience: kind }: PlannedStep): string {
  if (due.kind === 'asked') return 'a person does it, and nobody is reminded.';
  if (manual === true) return `a person does it, and is reminded ${every(approvalReminderMs)}.`;
  const { giveUpAfterMs, flagAfterMs } = retries[kind];
  const flagged = flagAfterMs === undefined ? '' : `, and shown red after ${duration(flagAfterMs)}`;
  return `${duration(giveUpAfterMs)}${flagged}.`;
}

function undoing({ kind, destructive }: PlannedStep, words: CaseWords): string | undefined {
  if (destructive) return 'nothing: from here on the case cannot be called back.';
  const way = wayBack(kind, words);
  const lost = lostForGood([kind]).map(({ sentence }) => sentence);
  if (way === undefined && lost.length === 0) return undefined;
  return [way ?? 'nothing.', ...lost].join(' ');
}

function wayBack(kind: StepKind, words: CaseWords): string | undefined {
  const back = UNDONE_BY[kind];
  if (back === undefined) return undefined;
  const { title, does } = descriptionOf(back, words);
  return `“${title}”: ${does}`;
}

function leavingOut({ essential, unskippable }: PlannedStep): string | undefined {
  if (unskippable) return 'never: it guards what comes after it.';
  return essential ? 'only by two people, with a reason.' : undefined;
}
