import type { StepKind } from '../../shared/domain/step-kinds.ts';
import { onAccount } from '../steps/account-step.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { archiveMissingMail } from './archive-mail.ts';

/** `done` only when every message of the mailbox is in a file whose bytes were read back and hashed. */
function archiveStep(kind: StepKind): StepDefinition {
  return {
    kind,
    carryOut: (context) =>
      onAccount(context, 'archive', async (account) => {
        await account.intend();
        return { outcome: 'done', proof: { ...(await archiveMissingMail(account)) } };
      }),
  };
}

export const archiveMailbox = archiveStep('archiveMailbox');
export const archiveNewMail = archiveStep('archiveNewMail');
