import { checkArchive } from '../archive/archive-mail.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { assertMayBeDeleted } from './purge-conditions.ts';

/** Lets the grace begin: approved by a second person who typed the name, no legal hold, and an archive whose files are intact. */
export const openPurgeGate: StepDefinition = {
  kind: 'openPurgeGate',
  async carryOut(context) {
    await context.intend();
    const { approvedBy } = await assertMayBeDeleted(context);
    const archive = await checkArchive(context);
    // A person without an account has nothing to archive, and nothing to delete.
    if (archive.parts === 0 && context.person.accounts.length > 0) throw new StepFailed('ARCHIVE_INCOMPLETE');
    return {
      outcome: 'done',
      proof: { approvedBy, parts: archive.parts, messages: archive.messageIds.size, sha256: archive.sha256 },
    };
  },
};
