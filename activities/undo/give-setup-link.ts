import { fullNameOf } from '../../shared/domain/person.ts';
import { SETUP_LINK_MS } from '../../shared/domain/setup-link.ts';
import { hashOfToken, linkAddress } from '../../shared/platform/links/link-token.ts';
import { privateOrManager } from '../notices/recipients.ts';
import { localMinute, type NoticeText } from '../notices/notice-texts.ts';
import { notApplicable } from '../steps/account-step.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { setupLinkSecretKey } from './setup-link-secret.ts';

/**
 * The end of the way back: the old password is gone, so the person gets a link to set a new one. Proven by the mail's
 * acceptance and by a link of the person that can be used. Where the person used it already, it did what it was for.
 */
export const giveSetupLink: StepDefinition = {
  kind: 'giveSetupLink',
  async carryOut(context) {
    const { ports, input, person, evidenceId } = context;
    if (person.accounts.length === 0) return notApplicable(context, 'no_account');
    const { setupLinks } = ports.repositories;
    await context.intend();
    const token = await ports.vault.getOrCreate(input.orgId, setupLinkSecretKey(input.caseId));
    const id = hashOfToken(token);
    const expiresAtMs = input.asOfMs + SETUP_LINK_MS;
    await setupLinks.give({
      ...{ id, orgId: input.orgId, personId: person.id, caseId: input.caseId },
      ...{ createdAtMs: input.asOfMs, expiresAtMs },
    });
    const used = (await setupLinks.find(id))?.usedAtMs !== undefined;
    const open = await setupLinks.listOpen(input.orgId, person.id, input.asOfMs);
    if (!used && open.length === 0) throw new StepFailed('READ_BACK_MISMATCH');
    const to = await privateOrManager(ports.repositories, context.organisation, person);
    const link = linkAddress(ports.publicUrl, 'setup', token);
    const text = linkText(context, link, expiresAtMs);
    const receipt = await ports.notifier.send({ id: evidenceId, to, ...text });
    return { outcome: 'done', proof: { ...receipt, expiresAtMs } };
  },
};

function linkText({ person, theCase }: StepContext, link: string, expiresAtMs: number): NoticeText {
  const name = fullNameOf(person);
  return {
    subject: `Set a new password for the account of ${name}`,
    text: [
      `The account of ${name} (${person.address}) is open again. Its old password no longer works.`,
      '',
      `${name} sets a new one here, once, until ${localMinute(expiresAtMs, theCase.plan.timeZone)}:`,
      '',
      link,
      '',
      'If you are not this person, hand the link over to them and do not use it yourself.',
    ].join('\n'),
  };
}
