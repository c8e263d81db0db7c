import { accountStep, notApplicable } from '../steps/account-step.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

const give = accountStep({
  kind: 'startAutoReply',
  operation: 'setAutoReply',
  perform: ({ connector, ref, call, ...context }) =>
    connector.setAutoReply(ref, { ...textOf(context), ...windowOf(context) }, call),
  isProven(after, _before, context) {
    const { subject, text } = textOf(context);
    const set = after.autoReply;
    return set?.subject === subject && set.text === text && set.untilMs === windowOf(context).untilMs;
  },
});

/** Gives the auto-reply that the request holds, for as long as the plan says; the target ends it by itself. */
export const startAutoReply: StepDefinition = {
  kind: 'startAutoReply',
  async carryOut(context) {
    if (context.theCase.request.autoReply === undefined) return notApplicable(context, 'not_asked_for');
    if (windowOf(context).untilMs <= context.input.asOfMs) return notApplicable(context, 'over_already');
    await assertContactActive(context);
    return give.carryOut(context);
  },
};

export const endAutoReply = accountStep({
  kind: 'endAutoReply',
  operation: 'endAutoReply',
  perform: ({ connector, ref, call }) => connector.endAutoReply(ref, call),
  isProven: (after) => after.autoReply === undefined,
});

function textOf(context: Pick<StepContext, 'theCase'>): { readonly subject: string; readonly text: string } {
  const { autoReply } = context.theCase.request;
  if (autoReply === undefined) throw new StepFailed('CASE_OUTDATED');
  return { subject: autoReply.subject, text: autoReply.text };
}

function windowOf(context: Pick<StepContext, 'input'>): {
  readonly fromMs: number;
  readonly untilMs: number;
} {
  const { params, dueAtMs } = context.input;
  return { fromMs: dueAtMs, untilMs: Number(params['untilMs']) };
}

/** A reply must not send people to somebody who cannot answer. */
async function assertContactActive({ ports, input, theCase }: StepContext): Promise<void> {
  const { contactPersonId } = theCase.request;
  if (contactPersonId === undefined) return;
  const contact = await ports.repositories.people.get(input.orgId, contactPersonId);
  const ref = contact?.accounts[0];
  const account = ref && (await ports.connectors[ref.target]?.(input.orgId).read(ref));
  if (account?.status !== 'active') throw new StepFailed('CONTACT_UNAVAILABLE');
}
