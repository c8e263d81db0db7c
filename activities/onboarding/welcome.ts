import { effectId } from '../../shared/domain/ids.ts';
import { keyOn } from '../../shared/domain/planner/departure/departure-days.ts';
import { CREATE_KEY } from '../../shared/domain/planner/onboarding/steps.ts';
import { SETUP_LINK_MS, setupLinkState } from '../../shared/domain/setup-link.ts';
import { hashOfToken, linkAddress } from '../../shared/platform/links/link-token.ts';
import { privateOrManager } from '../notices/recipients.ts';
import { assertControlSignsIn } from '../lockout/control.ts';
import { intendChange, notApplicable } from '../steps/account-step.ts';
import { changePerson } from '../steps/change-person.ts';
import type { AccountContext, StepContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { targetParam } from '../steps/target-param.ts';
import { setupLinkSecretKey } from '../undo/setup-link-secret.ts';
import { madeAccounts, onboardingOf, onMadeAccount } from './newcomer.ts';
import { welcomeText } from './onboarding-texts.ts';

/**
 * The way in: a link with which the person sets the first password. Proven by the mail's acceptance; that the link can be used is
 * proven on every target by the step behind it. A second try mails the same link, with a new end.
 */
export const giveWelcome: StepDefinition = {
  kind: 'giveWelcome',
  async carryOut(context) {
    const { ports, input, theCase, evidenceId } = context;
    const { credentials } = onboardingOf(theCase);
    const accounts = madeAccounts(theCase, context.person.accounts);
    if (accounts.length === 0) return notApplicable(context, 'no_account');
    await context.intend();
    // The page behind the link sets the password of each: one that was never made would answer nothing.
    await changePerson(context, (person) =>
      person.accounts.length === accounts.length ? undefined : { accounts },
    );
    const token = await tokenOf(context);
    const expiresAtMs = input.asOfMs + SETUP_LINK_MS;
    await ports.repositories.setupLinks.give({
      ...{ id: hashOfToken(token), orgId: input.orgId, personId: context.person.id, caseId: input.caseId },
      ...{ createdAtMs: input.asOfMs, expiresAtMs },
    });
    const { to } = credentials;
    const recipients =
      to === undefined
        ? await privateOrManager(ports.repositories, context.organisation, context.person)
        : [to];
    const link = linkAddress(ports.publicUrl, 'setup', token);
    const text = welcomeText(context, credentials, link, expiresAtMs);
    const receipt = await ports.notifier.send({ id: evidenceId, to: recipients, ...text });
    return { outcome: 'done', proof: { ...receipt, expiresAtMs } };
  },
};

/** Another where somebody made the first one void: its mail would lead nowhere. */
async function tokenOf({ ports, input }: StepContext): Promise<string> {
  const key = setupLinkSecretKey(input.caseId);
  const token = await ports.vault.getOrCreate(input.orgId, key);
  const known = await ports.repositories.setupLinks.find(hashOfToken(token));
  if (known === undefined || setupLinkState(known, input.asOfMs) !== 'void') return token;
  await ports.vault.destroy(input.orgId, key);
  return ports.vault.getOrCreate(input.orgId, key);
}

/**
 * Nobody knows the secret the account was made with, so no sign-in can be tried: what is proven is that the account is open, that
 * the target lets somebody in at this moment, and that a link can be used, or was and the password is another one since.
 */
export const proveUsable: StepDefinition = {
  kind: 'proveUsable',
  carryOut: (context) => onMadeAccount(context, 'read', prove),
};

async function prove(context: AccountContext): Promise<StepEffect> {
  const { connector, ports, input, person } = context;
  await intendChange(context);
  const control = await connector.probeControl();
  assertControlSignsIn(control);
  const after = await connector.read(context.ref);
  if (after?.status !== 'active') throw new StepFailed('READ_BACK_MISMATCH');
  const [link] = await ports.repositories.setupLinks.listOpen(input.orgId, person.id, input.asOfMs);
  if (link !== undefined)
    return { outcome: 'done', after, proof: { by: 'open_link', expiresAtMs: link.expiresAtMs, control } };
  const made = await fingerprintWhenMade(context);
  if (made === undefined || made === after.passwordFingerprint) throw new StepFailed('LINK_NOT_USABLE');
  return { outcome: 'done', after, proof: { by: 'password_set', control } };
}

async function fingerprintWhenMade({ ports, input }: AccountContext): Promise<string | undefined> {
  const id = targetParam(input);
  const key = keyOn(id === undefined ? {} : { id }, CREATE_KEY);
  const made = await ports.repositories.evidence.get(input.orgId, effectId(input.caseId, key, 1));
  return made?.after?.passwordFingerprint;
}
