import type { RedirectRequest } from '../../shared/domain/departure.ts';
import { accountStep, notApplicable } from '../steps/account-step.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { assertHeirActive } from './heir.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

/** Lets a redirect leave the organisation: approved by somebody other than the requester. */
export const openRedirectGate: StepDefinition = {
  kind: 'openRedirectGate',
  async carryOut(context) {
    const { ports, input, theCase } = context;
    await context.intend();
    const approval = await ports.repositories.approvals.get(input.orgId, input.caseId, input.stepKey);
    if (approval === undefined || approval.approvedBy === theCase.requestedBy)
      throw new StepFailed('APPROVAL_MISSING');
    return { outcome: 'done', proof: { approvedBy: approval.approvedBy } };
  },
};

const give = accountStep({
  kind: 'startRedirect',
  operation: 'setRedirect',
  perform: ({ connector, ref, call, ...context }) => connector.setRedirect(ref, wantedOf(context), call),
  isProven({ redirect }, _before, context) {
    const { to, keepCopy, untilMs } = wantedOf(context);
    return redirect?.to === to && redirect.keepCopy === keepCopy && redirect.untilMs === untilMs;
  },
});

/** Sends the leaver's mail where the request says, for as long as the plan says; the target ends it by itself. */
export const startRedirect: StepDefinition = {
  kind: 'startRedirect',
  async carryOut(context) {
    const { redirect } = leavingRequestOf(context.theCase);
    if (redirect === undefined) return notApplicable(context, whyNone(context));
    if (untilOf(context) <= context.input.asOfMs) return notApplicable(context, 'over_already');
    if (await wasRefused(context, redirect)) return notApplicable(context, 'not_approved');
    await assertHeirActive(context, redirect);
    return give.carryOut(context);
  },
};

const take = accountStep({
  kind: 'endRedirect',
  operation: 'setRedirect',
  perform: ({ connector, ref, call }) => connector.setRedirect(ref, undefined, call),
  isProven: (after) => after.redirect === undefined,
});

/** A redirect that was there before, and that nobody asked for, is not this case's to end. */
export const endRedirect: StepDefinition = {
  kind: 'endRedirect',
  carryOut: (context) =>
    leavingRequestOf(context.theCase).redirect === undefined
      ? notApplicable(context, whyNone(context))
      : take.carryOut(context),
};

/** A deletion that asked about it on the checklist got no redirect for an answer, or somebody's word. */
function whyNone({ theCase }: StepContext): 'done_by_hand' | 'not_asked_for' {
  return leavingRequestOf(theCase).undecided?.includes('redirect') === true
    ? 'done_by_hand'
    : 'not_asked_for';
}

/** The gate was left out by somebody: without an approval nothing leaves the organisation. */
export async function wasRefused(
  { ports, input, theCase }: StepContext,
  redirect: RedirectRequest,
): Promise<boolean> {
  if (!redirect.outside) return false;
  const gate = theCase.plan.steps.find((step) => step.kind === 'openRedirectGate');
  if (gate === undefined) return true;
  const approval = await ports.repositories.approvals.get(input.orgId, input.caseId, gate.key);
  return approval === undefined || approval.approvedBy === theCase.requestedBy;
}

function wantedOf(context: Pick<StepContext, 'theCase' | 'input'>) {
  const { redirect } = leavingRequestOf(context.theCase);
  if (redirect === undefined) throw new StepFailed('CASE_OUTDATED');
  return { to: redirect.to, keepCopy: redirect.keepCopy, untilMs: untilOf(context) };
}

function untilOf({ input }: Pick<StepContext, 'input'>): number {
  return Number(input.params['untilMs']);
}
