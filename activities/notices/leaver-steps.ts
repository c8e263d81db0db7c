import { hashOfToken, linkAddress } from '../../shared/platform/links/link-token.ts';
import { notApplicable } from '../steps/account-step.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { leaverLinkSecretKey } from './leaver-link-secret.ts';
import { leaverNotice } from './leaver-notice.ts';

/** Tells the person who leaves, at the address that is about to be closed. Proven by the mail's acceptance and a link that works. */
export const informLeaver: StepDefinition = {
  kind: 'informLeaver',
  async carryOut(context) {
    const { ports, input, person, organisation, theCase, evidenceId } = context;
    await context.intend();
    const { leaverWindows } = ports.repositories;
    const token = await ports.vault.getOrCreate(input.orgId, leaverLinkSecretKey(input.caseId));
    const id = hashOfToken(token);
    await leaverWindows.open({
      ...{ id, orgId: input.orgId, personId: person.id, caseId: input.caseId },
      openedAtMs: input.asOfMs,
    });
    if ((await leaverWindows.find(id)) === undefined) throw new StepFailed('READ_BACK_MISMATCH');
    const link = linkAddress(ports.publicUrl, 'confirm', token);
    const { leaveAtMs, timeZone } = theCase.plan;
    const text = leaverNotice({ person, organisation, leaveAtMs, timeZone, link });
    const receipt = await ports.notifier.send({ id: evidenceId, to: [person.address], ...text });
    return { outcome: 'done', proof: { ...receipt } };
  },
};

/**
 * Writes down what the leaver confirmed, and lets nothing be confirmed afterwards. Nobody is kept from being locked out by
 * not answering: then the evidence says that nothing was confirmed.
 */
export const closeLeaverWindow: StepDefinition = {
  kind: 'closeLeaverWindow',
  async carryOut(context) {
    const { input, ports } = context;
    const { leaverWindows } = ports.repositories;
    const window = await leaverWindows.findByCase(input.orgId, input.caseId);
    if (window === undefined) return notApplicable(context, 'not_informed');
    await context.intend();
    await leaverWindows.close(window, input.asOfMs);
    const after = await leaverWindows.find(window.id);
    if (after?.confirmedAtMs === undefined && after?.closedAtMs === undefined)
      throw new StepFailed('READ_BACK_MISMATCH');
    const answer =
      after.confirmedAtMs === undefined
        ? { confirmed: false }
        : { confirmed: true, confirmedAtMs: after.confirmedAtMs };
    return { outcome: 'done', proof: answer };
  },
};
