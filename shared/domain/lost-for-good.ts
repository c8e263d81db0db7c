import type { StepKind } from './step-kinds.ts';

/** What an undo does not bring back, in small words for callers and a sentence for people. */
export interface Loss {
  readonly what: string;
  readonly sentence: string;
}

const NOTICES: Loss = {
  what: 'notices',
  sentence: 'Mail that went out about the case stays where it went.',
};

const LOSSES: Readonly<Partial<Record<StepKind, Loss>>> = {
  notifyManager: NOTICES,
  informLeaver: NOTICES,
  tellManagers: NOTICES,
  remindOldRights: NOTICES,
  remindManager: NOTICES,
  giveWelcome: NOTICES,
  followUp: NOTICES,
  rotatePassword: {
    what: 'password',
    sentence: 'The old password is gone; the setup link lets the person set a new one.',
  },
  revokeAppPasswords: {
    what: 'app_passwords',
    sentence: 'App passwords are gone; the person makes new ones for each device.',
  },
  revokeOtherCredentials: {
    what: 'other_credentials',
    sentence:
      'Applications that were let in, links that were open, second factors and ways of recovery are gone; the person sets up new ones.',
  },
  revokeOwnKeys: {
    what: 'api_keys',
    sentence:
      "The person's keys to Gangway and open setup links are void; new ones are made where they are needed.",
  },
  revokeSessions: { what: 'sessions', sentence: 'Sessions were ended; the person signs in again.' },
  startAutoReply: {
    what: 'auto_replies',
    sentence: 'Auto-replies that were given to senders cannot be taken back.',
  },
  grantMailboxAccess: {
    what: 'mail_read',
    sentence: 'Whoever was let into the mailbox cannot forget what they read.',
  },
  transferMail: { what: 'mail_copies', sentence: 'Copies of mail stay in the mailbox of the recipient.' },
  exportContacts: {
    what: 'contact_file',
    sentence: 'The file of exported contacts stays beside the archive.',
  },
  archiveMailbox: {
    what: 'archive',
    sentence: 'The copy of the mailbox in the archive stays until its retention is over.',
  },
};

/** What the steps of these kinds took away or gave out for good. Each word once, in the order of the steps. */
export function lostForGood(carriedOut: readonly StepKind[]): readonly Loss[] {
  const losses = carriedOut.flatMap((kind) => LOSSES[kind] ?? []);
  return losses.filter((loss, index) => losses.findIndex(({ what }) => what === loss.what) === index);
}
