import type { StepDescriptions } from './step-description.ts';

export const LOCKOUT_DESCRIPTIONS = {
  takeSnapshot: {
    title: 'Store the state of the account',
    does: 'The account is read as it is before anything is taken away, so that it can be put back. The person counts as leaving from now on.',
    proof: 'The state that was read is in the evidence.',
  },
  disableAccount: {
    title: 'Disable the account',
    does: 'Nobody can sign in any more. Mail still arrives.',
    proof: 'Read again over another connection, the account is disabled, with departure as the reason.',
  },
  rotatePassword: {
    title: 'Change the password',
    does: 'A random password that nobody knows takes the place of the old one.',
    proof: 'The stored hash of the password is another one than before.',
  },
  revokeAppPasswords: {
    title: 'Revoke the app passwords',
    does: 'Passwords of phones and mail programs stop working.',
    proof: 'The list of app passwords is empty.',
  },
  revokeOtherCredentials: {
    title: 'Close the other ways in',
    does: 'Applications that were let in, open setup and reset links, second factors and ways of recovery are revoked.',
    proof: 'The lists of grants, links and ways of recovery are empty.',
  },
  switchOffProtocols: {
    title: 'Switch off the mail protocols',
    does: 'IMAP, POP and SMTP are switched off for the account. Mail still arrives.',
    proof: 'Each protocol is read as off.',
  },
  revokeSessions: {
    title: 'End all sessions',
    does: 'Whoever is signed in, on whatever device, is signed out.',
    proof: 'The list of sessions is empty.',
  },
  removeOwnRules: {
    title: "Remove the leaver's own forwards and rules",
    does: 'No rule of the leaver sends mail elsewhere any more.',
    proof: 'The lists of forwards and rules are empty.',
  },
  dropAdministratorRole: {
    title: 'Take the administrator role away',
    does: 'The account becomes that of an ordinary user. The last administrator keeps the role until there is another.',
    proof: 'The role is read as user.',
  },
  removeMemberships: {
    title: 'Leave groups, lists and the mailboxes of others',
    does: "Memberships of groups and lists, and rights on other people's mailboxes and calendars, are removed.",
    proof: 'The lists of groups, mailing lists and rights are empty.',
  },
  revokeOwnKeys: {
    title: "Revoke the person's own keys to Gangway",
    does: "The person's API keys and open setup links stop working. The last key that can make keys stays until there is another.",
    proof: 'None of the keys and links can be used.',
  },
  proveLockedOut: {
    title: 'Prove that nobody gets in',
    does: 'Gangway tries to sign in on every protocol, with the password it set itself, while a control account signs in at the same moment. Sessions, app passwords and the other ways in are read once more.',
    proof:
      'The target refuses each attempt because the account is disabled, the control account gets in, and the lists are empty. A target that is down proves nothing.',
  },
} as const satisfies StepDescriptions;
