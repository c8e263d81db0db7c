import { DEFAULT_CASE_POLICY } from '../../../shared/contract/case.ts';
import { STEP_DESCRIPTIONS } from '../../../shared/domain/procedure/step-descriptions.ts';
import type { DescribedStep } from './described-steps.ts';
import { listed } from './relative-time.ts';
import { duration, every } from './step-facts.ts';

const { retries, attentionReminderMs } = DEFAULT_CASE_POLICY;

/** What happens when something fails, or does not go its usual way. */
export function onFailure(steps: readonly DescribedStep[]): readonly string[] {
  const { dayZero, ordinary } = retries;
  return [
    "The steps of the last day do not wait for each other's success: where one fails, the others lock the account all the same.",
    `A step that fails is tried again, on the last day at least ${every(dayZero.longestRetryMs)} for ${duration(dayZero.giveUpAfterMs)}, else at least ${every(ordinary.longestRetryMs)} for ${duration(ordinary.giveUpAfterMs)}.`,
    `A departure with a step that is red needs attention: the organisation gets a mail at once and ${every(attentionReminderMs)} until somebody retries the step, or leaves it out with a reason. It is never called completed before.`,
    `Where a later proof finds the account open again, it is red at once. Whoever retries it has the account locked again first: ${lockedAgain(steps)}.`,
    'An urgent departure, and one whose last day is past, locks at once. The manager is told when the lockout is proven, the leaver not at all, and all days count from that moment.',
    'A legal hold stops the gate and the deletion; lifted within the grace, the grace starts anew. A pause stops everything, a freeze of the organisation whatever takes away or deletes.',
    `Until the first deletion a departure can be undone: what the steps say about it is put back, newest first. In the end: ${STEP_DESCRIPTIONS.giveSetupLink.does}`,
    'Who has accounts on several targets has these steps once on each. Nothing is deleted anywhere before everything is archived.',
  ];
}

function lockedAgain(steps: readonly DescribedStep[]): string {
  const found = steps.find(({ step }) => step.reapplies.length > 0);
  const keys = found?.step.reapplies ?? [];
  const kinds = found?.plan.steps.filter(({ key }) => keys.includes(key)).map(({ kind }) => kind) ?? [];
  return listed(kinds.map((kind) => `“${STEP_DESCRIPTIONS[kind].title}”`));
}
