import type { PlannedStep } from '../plan.ts';
import { dueAtMsOf } from './wanted-steps.ts';
import { caseStateOf } from './derive.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';

/** The case as a markdown table of its steps: UTC instants, keys and codes, nothing personal. */
export function stepTable(progress: CaseProgress): string {
  const rows = progress.plan.steps.map((step) => row(progress, step));
  return [
    `**${caseStateOf(progress)}**, plan ${progress.plan.version}`,
    '',
    '| step | due | result |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function row(progress: CaseProgress, planned: PlannedStep): string {
  const step = progressOf(progress, planned.key);
  const dueAtMs = dueAtMsOf(progress, planned);
  const due = dueAtMs === undefined ? waitsFor(planned) : minuteOf(dueAtMs);
  const settled = step.settledAtMs === undefined ? '' : ` ${minuteOf(step.settledAtMs)}`;
  const error = step.errorCode === undefined ? '' : ` ${step.errorCode}`;
  const key = planned.manual === true ? `${planned.key} (a person does it)` : planned.key;
  return `| ${key} | ${due} | ${step.status}${settled}${error} |`;
}

function waitsFor(step: PlannedStep): string {
  if (step.due.kind === 'asked') return 'when somebody says so';
  return step.due.kind === 'after' ? `after ${step.due.stepKey}` : '';
}

function minuteOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16)}Z`;
}
