import { addressClaimId } from '../../shared/domain/ids.ts';
import { expectedCalls, type AccountFacts } from '../../shared/domain/planner/expected-calls.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { shownInstant } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { madeAddressView } from '../naming/address-view.ts';
import { chooseAddress, type ChosenAddress } from '../naming/choose-address.ts';
import { conventionWarnings } from '../naming/convention-warnings.ts';
import { addressServed } from '../people/address-served.ts';
import { assertNamesFree, isHeld } from '../people/claim-names.ts';
import { givenNames } from '../people/name-person.ts';
import { assertReadable, checkOnboarding, type CheckedOnboarding } from './check-onboarding.ts';
import { onboardingFields } from './onboarding-fields.ts';
import { planOfOnboarding } from './plan-of-onboarding.ts';
import { furtherAliases } from './template-aliases.ts';

/** An account as it is made: closed, and in nothing. */
const NEW_ACCOUNT: AccountFacts = {
  ...{ status: 'disabled', role: 'user', sessionCount: 0, appPasswordCount: 0, ownRuleCount: 0 },
  ...{ oauthGrantCount: 0, openLinkCount: 0, recoveryMeansCount: 0, openProtocolCount: 0 },
  ...{ membershipCount: 0, delegationCount: 0, ownKeyCount: 0 },
};

/**
 * The same checks and the same plan as the onboarding itself, the address it would get now, and every step with its instant and
 * calls. Writes and claims nothing: somebody else may have the address a moment later.
 */
export async function simulateOnboarding(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(onboardingFields, call.body);
  const checked = await checkOnboarding(context, call.actor.orgId, wanted);
  const { organisation, newcomer, request, procedure } = checked;
  const { address, made } = await addressOf(context, checked);
  await assertGivenFree(context, checked);
  const further = await furtherAliases(context, checked, address, (alias) => isFree(context, checked, alias));
  const aliases = [...newcomer.aliases, ...further.aliases];
  assertReadable(request.credentials, [address, ...aliases]);
  const { targets } = newcomer;
  const subject = { person: newcomer, organisation, request, targets, procedure };
  const { plan, warnings } = planOfOnboarding(context, subject);
  const instants = simulatedInstants(plan);
  const steps = plan.steps.map((step) => {
    const target = String(step.params['target'] ?? targets[0]);
    const calls = expectedCalls(step.kind, NEW_ACCOUNT).map((operation) => ({ target, operation }));
    const atMs = instants.get(step.key) ?? plan.leaveAtMs;
    const at = shownInstant(atMs, plan.timeZone, context.calendar);
    return { key: step.key, kind: step.kind, at, ...(calls.length === 0 ? {} : { calls }) };
  });
  return {
    status: 200,
    body: {
      ...{ address, aliases, aliasesLeftOut: further.leftOut },
      ...(made === undefined ? {} : { naming: madeAddressView(organisation, made) }),
      namingWarnings: conventionWarnings(context, organisation, wanted),
      ...{ procedure: plan.procedure, timeZone: plan.timeZone, request },
      startAt: shownInstant(plan.leaveAtMs, plan.timeZone, context.calendar),
      steps: steps.sort((a, b) => a.at.utc.localeCompare(b.at.utc)),
      warnings: [...checked.warnings, ...warnings],
    },
  };
}

async function addressOf(
  context: ApiContext,
  { organisation, newcomer }: CheckedOnboarding,
): Promise<{ readonly address: string; readonly made?: ChosenAddress }> {
  const { address, onTaken = 'next', targets } = newcomer;
  if (address !== undefined) return { address };
  const made = await chooseAddress(context, organisation, { ...newcomer, onTaken }, async (one) =>
    (await addressServed(context, organisation.id, targets, one)) ? { code: 'SERVED' } : undefined,
  );
  return { address: made.address, made };
}

/** What was asked for by name belongs to nobody else. */
async function assertGivenFree(
  context: ApiContext,
  { organisation, newcomer }: CheckedOnboarding,
): Promise<void> {
  const { id: orgId } = organisation;
  const { address, aliases, targets } = newcomer;
  await assertNamesFree(context, orgId, givenNames(orgId, newcomer));
  for (const one of [...(address === undefined ? [] : [address]), ...aliases])
    if (await addressServed(context, orgId, targets, one))
      throw new Problem('ADDRESS_TAKEN', { field: '/address' });
}

async function isFree(
  context: ApiContext,
  { organisation: { id: orgId }, newcomer: { targets } }: CheckedOnboarding,
  address: string,
): Promise<boolean> {
  const claim = await context.repositories.claims.get(addressClaimId(orgId, address), orgId);
  return !isHeld(claim, context.now()) && !(await addressServed(context, orgId, targets, address));
}
