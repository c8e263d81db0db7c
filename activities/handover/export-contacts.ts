import { notApplicable, onAccount } from '../steps/account-step.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { whyNotWanted } from './why-not-wanted.ts';
import { vCards } from './v-card.ts';
import { writeExport } from './write-export.ts';

/** The leaver's contacts as one vCard file beside the archive, read back and hashed. */
export const exportContacts: StepDefinition = {
  kind: 'exportContacts',
  carryOut: (context) =>
    onAccount(context, 'exportContacts', async (account) => {
      const notWanted = whyNotWanted(account, 'contacts');
      if (notWanted !== undefined) return notApplicable(context, notWanted);
      await context.intend();
      const contacts = await account.connector.listContacts(account.ref);
      if (contacts.length === 0)
        return { outcome: 'not_applicable', proof: { reason: 'nothing_to_hand_over' } };
      const written = await writeExport(account, 'contacts', 'vcf', vCards(contacts));
      return { outcome: 'done', proof: { contacts: contacts.length, ...written } };
    }),
};
