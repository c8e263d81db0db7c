import type { StepDescriptions } from './step-description.ts';

const ACCESS = 'the departure asks for it, with a reason';
const varies = 'A departure may name another day.';

export const HANDOVER_DESCRIPTIONS = {
  nameRecipient: {
    title: 'Say who receives',
    does: 'A person is asked who receives what the leaver had.',
    proof: 'Somebody named a recipient with an active account: attested, who and when.',
    onlyIf: 'there is neither a successor nor a manager, and the organisation has named nobody for this',
  },
  decideItem: {
    title: 'Decide what the deletion does not say',
    does: 'A person is asked what becomes of mail, files, shared calendars, contacts, and whether the address is redirected.',
    proof: 'Somebody decided it, or did it by hand and said how it can be seen: attested, who and when.',
    onlyIf: 'a deletion does not decide it, and there is something to decide',
  },
  grantMailboxAccess: {
    title: 'Let somebody read the mailbox',
    does: 'The manager or the successor may read the mailbox for some days. It ends by itself.',
    proof: 'The right and its end are read again as they were asked for.',
    onlyIf: ACCESS,
  },
  endMailboxAccess: {
    title: 'End the reading of the mailbox',
    does: 'The right to read the mailbox is taken away.',
    proof: 'The right is not there any more.',
    onlyIf: ACCESS,
    when: 'after as many days as the departure says',
  },
  transferMail: {
    title: 'Copy chosen mail to the recipient',
    does: 'The mail that the departure names is copied into a folder of the recipient.',
    proof: 'Every copy is read back and has the hash of its original.',
    onlyIf: 'the departure asks for mail to be copied',
    varies,
  },
  transferFiles: {
    title: 'Hand over the files',
    does: 'Files get the recipient as their owner.',
    proof: 'Read on both sides: the leaver has none left, the recipient has them all.',
    onlyIf: 'the leaver has files',
    varies,
  },
  handOverCalendars: {
    title: 'Hand over the shared calendars',
    does: 'Calendars that others use get another owner, or are closed.',
    proof: 'Read on both sides: none is left with the leaver, each is handed over or closed.',
    onlyIf: 'the leaver has calendars that are shared',
    varies,
  },
  handOverMeetings: {
    title: 'Hand over the meetings to come',
    does: 'Meetings that the leaver would have led get another owner, or are cancelled.',
    proof: 'Read on both sides: none is left with the leaver, each is handed over or cancelled.',
    onlyIf: 'the leaver has meetings to come',
    varies,
  },
  exportContacts: {
    title: 'Export the contacts',
    does: "The leaver's contacts become a vCard file beside the archive.",
    proof: 'The file is read back and hashed.',
    onlyIf: 'the leaver has contacts',
    varies,
  },
} as const satisfies StepDescriptions;
