import { isOfKind } from '../../shared/domain/case-record.ts';
import type { Plan } from '../../shared/domain/plan.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import type { StepContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { notApplicable } from '../steps/account-step.ts';
import { StepFailed } from '../steps/step-failure.ts';
import {
  deletionReminder,
  leaveNotice,
  leavingNotice,
  retentionReview,
  type NoticeText,
} from './notice-texts.ts';
import { managerOrOrganisation } from './recipients.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

export const notifyManager: StepDefinition = {
  kind: 'notifyManager',
  carryOut: (context) => {
    const { person, theCase } = context;
    const { leaveAtMs, timeZone } = theCase.plan;
    return mailManager(
      context,
      isOfKind(theCase, 'leave')
        ? leaveNotice(person, theCase.plan, returnOf(theCase.plan))
        : leavingNotice(person, leaveAtMs, timeZone),
    );
  },
};

export const remindBeforeDeletion: StepDefinition = {
  kind: 'remindBeforeDeletion',
  carryOut: (context) => {
    const daysBefore = Number(context.input.params['daysBefore']);
    const deleteAtMs = context.input.dueAtMs + daysBefore * DAY_MS;
    return mailManager(
      context,
      deletionReminder(context.person, daysBefore, deleteAtMs, context.theCase.plan.timeZone),
    );
  },
};

/** The organisation, not the manager: who manages may change many times over the years. */
export const reviewRetention: StepDefinition = {
  kind: 'reviewRetention',
  async carryOut(context) {
    const { outcome } = leavingRequestOf(context.theCase);
    if (outcome?.kind !== 'retain') return notApplicable(context, 'not_asked_for');
    await context.intend();
    const to = context.organisation.notificationAddresses;
    if (to.length === 0) throw new StepFailed('NO_RECIPIENT');
    const text = retentionReview(context.person, outcome.until, Number(context.input.params['year']));
    const receipt = await context.ports.notifier.send({ id: context.evidenceId, to, ...text });
    return { outcome: 'done', proof: { ...receipt } };
  },
};

/** When the account is opened again by itself. */
function returnOf({ steps }: Plan): number | undefined {
  const due = steps.find(({ kind }) => kind === 'enableAccount')?.due;
  return due?.kind === 'at' ? due.atMs : undefined;
}

/** Proven by the server's acceptance, or by the file in the outbox; the mail's id is the effect's, so a second try is the same mail. */
export async function mailManager(
  context: StepContext,
  text: NoticeText,
  known: Readonly<Record<string, unknown>> = {},
): Promise<StepEffect> {
  await context.intend();
  const to = await managerOrOrganisation(context.ports.repositories, context.organisation, context.person);
  const receipt = await context.ports.notifier.send({ id: context.evidenceId, to, ...text });
  return { outcome: 'done', proof: { ...receipt, ...known } };
}
