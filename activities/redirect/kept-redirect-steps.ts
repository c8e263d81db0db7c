import { monthsAfter } from '../../shared/domain/months-after.ts';
import type { AccountRef } from '../../shared/domain/person.ts';
import { keptRedirectKeyOn } from '../../shared/domain/planner/departure/redirect.ts';
import type { CallOutcome, KeptRedirect, TargetConnector } from '../ports/target-connector.ts';
import { intendChange, notApplicable, onAccount } from '../steps/account-step.ts';
import type { AccountContext, StepContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { assertHeirActive } from './heir.ts';
import { wasRefused } from './redirect-steps.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

/** Has the leaver's addresses go on as redirects once the account is gone: inside their quarantine, and only our own domains. */
export const keepRedirect: StepDefinition = {
  kind: 'keepRedirect',
  async carryOut(context) {
    const { redirect } = leavingRequestOf(context.theCase);
    if (redirect === undefined) return notApplicable(context, 'not_asked_for');
    if (Number(context.input.params['untilMs']) <= context.input.asOfMs)
      return notApplicable(context, 'over_already');
    if (await wasRefused(context, redirect)) return notApplicable(context, 'not_approved');
    await assertHeirActive(context, redirect);
    return onAccount(context, 'keepRedirect', (account) => keep(account, redirect.to));
  },
};

async function keep(context: AccountContext, to: string): Promise<StepEffect> {
  const { connector, ref, call, input, organisation } = context;
  const before = await intendChange(context);
  // A second try may come later: the quarantine it must stay inside begins no earlier than this step was due.
  const quarantineEndMs = monthsAfter(input.dueAtMs, organisation.quarantineMonths);
  const wanted: KeptRedirect = {
    addresses: [before.address, ...before.aliases]
      .filter((address) => isOurs(address, organisation.domains))
      .sort(),
    to,
    untilMs: Math.min(Number(input.params['untilMs']), quarantineEndMs),
  };
  if (wanted.addresses.length === 0)
    return { outcome: 'not_applicable', proof: { reason: 'no_address_of_ours' } };
  const outcome = await connector.keepRedirect(ref, wanted, call);
  assertTaken(outcome);
  const kept = await connector.readKeptRedirect(ref);
  if (JSON.stringify(kept) !== JSON.stringify(wanted)) throw new StepFailed('READ_BACK_MISMATCH');
  const { target, accountId } = ref;
  const { addresses, untilMs } = wanted;
  return {
    outcome: 'done',
    proof: { answer: outcome.kind, target, accountId, addresses: addresses.length, untilMs },
  };
}

/** Ends what `keepRedirect` set: at its end, when the account is long gone, or on the way back of a case. */
export const dropKeptRedirect: StepDefinition = {
  kind: 'dropKeptRedirect',
  async carryOut(context) {
    const found = await keptBy(context);
    if (found === undefined) return notApplicable(context, 'nothing_was_kept');
    const { ref, connector } = found;
    await context.intend();
    const outcome = await connector.keepRedirect(ref, undefined, context.call);
    assertTaken(outcome);
    if ((await connector.readKeptRedirect(ref)) !== undefined) throw new StepFailed('READ_BACK_MISMATCH');
    return { outcome: 'done', proof: { answer: outcome.kind } };
  },
};

/** The account of the step that kept it, by its evidence: the person has none any more. `undefined`: it never began. */
async function keptBy(
  context: StepContext,
): Promise<{ readonly ref: AccountRef; readonly connector: TargetConnector } | undefined> {
  const { ports, input, person } = context;
  const target = input.params['target'];
  const key = keptRedirectKeyOn(target === undefined ? {} : { id: String(target) });
  const evidence = await ports.repositories.evidence.listByCase(input.orgId, input.caseId);
  const rounds = evidence.filter((one) => one.stepKey === key && one.status !== 'not_applicable');
  if (rounds.length === 0) return undefined;
  const proof = rounds.find((one) => one.status === 'done')?.proof;
  const ref =
    proof === undefined
      ? person.accounts.find((account) => target === undefined || account.target === target)
      : { target: String(proof['target']), accountId: String(proof['accountId']) };
  const connector = ref && ports.connectors[ref.target]?.(input.orgId);
  // It may have been set and never proven, and the account is gone: only the target's own end can be counted on.
  if (ref === undefined || connector === undefined) throw new StepFailed('ACCOUNT_MISSING');
  return { ref, connector };
}

function assertTaken(outcome: CallOutcome): void {
  if (outcome.kind === 'refused' || outcome.kind === 'unsupported') throw new StepFailed('TARGET_REFUSED');
}

function isOurs(address: string, domains: readonly string[]): boolean {
  return domains.includes(address.slice(address.lastIndexOf('@') + 1));
}
