import { fillIn, namesContactByVariable } from '../../shared/domain/auto-reply-template.ts';
import { isOfKind, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { AutoReplyTexts } from '../../shared/domain/departure.ts';
import { rolesOf } from '../../shared/domain/reference.ts';
import { canAnswer, nextContact, replaceContact } from './contact.ts';
import { localDate } from '../notices/notice-texts.ts';
import { accountStep, notApplicable } from '../steps/account-step.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

const give = accountStep({
  kind: 'startAutoReply',
  operation: 'setAutoReply',
  perform: ({ connector, ref, call, ...context }) =>
    connector.setAutoReply(ref, { ...textOf(context), ...windowOf(context) }, call),
  isProven(after, _before, context) {
    const { subject, text, internal } = textOf(context);
    const set = after.autoReply;
    return (
      set?.subject === subject &&
      set.text === text &&
      set.internal?.subject === internal?.subject &&
      set.internal?.text === internal?.text &&
      set.untilMs === windowOf(context).untilMs
    );
  },
});

/** Gives the auto-reply that the request holds, for as long as the plan says; the target ends it by itself. */
export const startAutoReply: StepDefinition = {
  kind: 'startAutoReply',
  async carryOut(context) {
    if (rolesOf(context.theCase.request).autoReply === undefined)
      return notApplicable(context, 'not_asked_for');
    if (windowOf(context).untilMs <= context.input.asOfMs) return notApplicable(context, 'over_already');
    return give.carryOut({ ...context, theCase: await withContactWhoAnswers(context) });
  },
};

export const endAutoReply = accountStep({
  kind: 'endAutoReply',
  operation: 'endAutoReply',
  perform: ({ connector, ref, call }) => connector.endAutoReply(ref, call),
  isProven: (after) => after.autoReply === undefined,
});

function textOf(context: Pick<StepContext, 'theCase' | 'input'>): AutoReplyTexts {
  const { theCase } = context;
  const { autoReply } = rolesOf(theCase.request);
  if (autoReply === undefined) throw new StepFailed('CASE_OUTDATED');
  const { subject, text, internal } = autoReply;
  const texts = { subject, text, ...(internal === undefined ? {} : { internal }) };
  if (!isOfKind(theCase, 'leave')) return texts;
  return fillIn(texts, { returnDay: localDate(windowOf(context).untilMs, theCase.plan.timeZone) });
}

function windowOf(context: Pick<StepContext, 'input'>): {
  readonly fromMs: number;
  readonly untilMs: number;
} {
  const { params, dueAtMs } = context.input;
  return { fromMs: dueAtMs, untilMs: Number(params['untilMs']) };
}

/**
 * A reply must not send people to somebody who cannot answer: the contact is looked at again, and replaced by rule. A text
 * without the variable cannot be given another name, so it stays with its contact.
 */
async function withContactWhoAnswers(context: StepContext): Promise<CaseRecord> {
  const { ports, input, theCase, person } = context;
  const { contactPersonId, autoReply } = rolesOf(theCase.request);
  if (contactPersonId === undefined) return theCase;
  if (await canAnswer(ports, await ports.repositories.people.get(input.orgId, contactPersonId)))
    return theCase;
  const template = autoReply?.template;
  const isReplaceable = template !== undefined && namesContactByVariable(template);
  const next = isReplaceable ? await nextContact(ports, theCase, person) : undefined;
  if (next === undefined) throw new StepFailed('CONTACT_UNAVAILABLE');
  return replaceContact(ports, theCase, person, next);
}
