import type { StepDescriptions } from './step-description.ts';

export const PURGE_DESCRIPTIONS = {
  archiveMailbox: {
    title: 'Archive the mailbox',
    does: 'Every message is written into a file of the archive.',
    proof: 'Every message of the mailbox is in a file that was read back and hashed.',
  },
  reviewRetention: {
    title: 'Ask whether the data is still needed',
    does: 'The organisation is asked whether what is kept is still needed. Silence changes nothing.',
    proof: 'The mail server accepted the mail, or the mail lies in the outbox.',
    onlyIf: 'the data is kept until a date',
    when: 'on every anniversary of the last day before that date',
  },
  openPurgeGate: {
    title: 'Open the purge gate',
    does: 'The deletion is approved. Nothing is deleted before, however long it takes. Where the data is kept until a date, the gate opens on that date at the earliest.',
    proof:
      'The approval is stored, everything is handed over, the archive has every file with its recorded hash, there is no legal hold, and it is still the same person.',
  },
  remindBeforeDeletion: {
    title: 'Remind of the deletion',
    does: 'The manager, or the organisation where there is none, is told when the account will be deleted and how that can be stopped.',
    proof: 'The mail server accepted the mail, or the mail lies in the outbox.',
  },
  archiveNewMail: {
    title: 'Archive what arrived since',
    does: 'The archive gets every message that it lacks.',
    proof: 'Every message of the mailbox is in a file that was read back and hashed.',
  },
  deleteAccount: {
    title: 'Delete the account',
    does: 'The account is deleted with its mailbox. Legal hold, freeze, approval, archive and person are checked again right before the call. From here on nothing can be called back.',
    proof: 'Read again, the account is not there any more.',
  },
  quarantineAddress: {
    title: 'Keep the address from others',
    does: 'Nobody else gets the addresses of the leaver until the quarantine of the organisation is over. The archive is kept for as long as the country asks, and then destroyed.',
    proof: 'The quarantine of each address and the end of the archive are read again.',
  },
} as const satisfies StepDescriptions;
