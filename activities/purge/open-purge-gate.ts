import { checkArchive } from '../archive/archive-mail.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { assertHandedOver } from '../handover/assert-handed-over.ts';
import { assertMayBeDeleted } from './purge-conditions.ts';

/** Lets the grace begin: approved by a second person who typed the name, no legal hold, and an archive whose files are intact. */
export const openPurgeGate: StepDefinition = {
  kind: 'openPurgeGate',
  async carryOut(context) {
    await context.intend();
    const { approvedBy } = await assertMayBeDeleted(context);
    await assertHandedOver(context);
    // A person without an account has nothing to archive, and nothing to delete.
    for (const target of archivedTargets(context)) {
      const { parts } = await checkArchive(context, (part) => part.target === target);
      if (parts === 0) throw new StepFailed('ARCHIVE_INCOMPLETE');
    }
    const archive = await checkArchive(context, () => true);
    return {
      outcome: 'done',
      proof: { approvedBy, parts: archive.parts, messages: archive.messageIds.size, sha256: archive.sha256 },
    };
  },
};

/** Every target that has mail to keep, as its steps name it; the first has no name. */
function archivedTargets({ person, ports, input }: StepContext): readonly (string | undefined)[] {
  return person.accounts.flatMap(({ target }, index) => {
    const capability = ports.connectors[target]?.(input.orgId).capabilities.archive;
    return capability === 'no' ? [] : [index === 0 ? undefined : target];
  });
}
