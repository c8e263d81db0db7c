import { DEFAULT_CASE_POLICY } from '../../../../shared/contract/case.ts';
import { STEP_DESCRIPTIONS } from '../../../../shared/domain/procedure/step-descriptions.ts';
import type { StepKind } from '../../../../shared/domain/step-kinds.ts';
import { listed } from '../relative-time.ts';
import { duration, every } from '../step-facts.ts';
import type { Fact } from '../written-procedure.ts';

const { retries, attentionReminderMs } = DEFAULT_CASE_POLICY;

/** What the words of the steps mean. `thing`: `departure`. */
export function readingOf(thing: string): readonly string[] {
  return [
    `Waits for: each of these steps must be done, attested by a person, not applicable, or left out. One that is no part of the ${thing} is not waited for.`,
    'Comes after: each of these steps was tried once, whatever came of it.',
    'Tried for: after that the step is failed, and needs a person.',
    `Undone by: what puts it back when the ${thing} is undone. Where nothing is said there is nothing to put back.`,
    `Left out: where nothing is said, one person can leave the step out with a reason; the ${thing} then ends with exceptions.`,
  ];
}

/** `quick`: which steps are tried longer and more often. */
export function triedAgain(quick: string): string {
  const { dayZero, ordinary } = retries;
  return `A step that fails is tried again, ${quick} at least ${every(dayZero.longestRetryMs)} for ${duration(dayZero.giveUpAfterMs)}, else at least ${every(ordinary.longestRetryMs)} for ${duration(ordinary.giveUpAfterMs)}.`;
}

/** `thing`: `A departure`. */
export function needsAttention(thing: string): string {
  return `${thing} with a step that is red needs attention: the organisation gets a mail at once and ${every(attentionReminderMs)} until somebody retries the step, or leaves it out with a reason. It is never called completed before.`;
}

export const titles = (kinds: readonly StepKind[]): string =>
  listed(kinds.map((kind) => `“${STEP_DESCRIPTIONS[kind].title}”`));

export const leftOut = (kinds: readonly StepKind[]): Fact => [
  'Left out',
  kinds.length === 0 ? 'nothing' : titles(kinds),
];
