import type { StepDescriptions } from './step-description.ts';

const MAILED = 'The mail server accepted the mail, or the mail lies in the outbox.';

/** What happens when somebody comes, and what takes it away again when it is called off. */
export const ONBOARDING_DESCRIPTIONS = {
  reserveNames: {
    title: 'Hold the names',
    does: 'Address, aliases and external id belong to the person from now on.',
    proof: 'Each of them is read as held by the person.',
    when: 'at once, when the onboarding is asked for',
  },
  createAccount: {
    title: 'Make the account',
    does: 'The account is made with its address, aliases, quota and role. It is closed until the first day, with a secret that nobody knows.',
    proof: 'It is read again as it was asked for, and closed.',
    varies: 'An onboarding may name other days; where they are past, at once.',
  },
  addMemberships: {
    title: 'Add to groups and lists',
    does: 'The account comes into the groups and onto the lists that were asked for, or that the template names.',
    proof: 'They are read again at the account.',
    onlyIf: 'there are any',
  },
  remindManager: {
    title: 'Tell the manager who comes',
    does: 'The manager, or the organisation where there is none, gets a mail with the first day.',
    proof: MAILED,
    varies: 'Where that is past, at once.',
  },
  activateAccount: {
    title: 'Open the account',
    does: 'On the first day at its local time the account can be used.',
    proof: 'It is read again as open.',
    varies: 'An onboarding may name another time.',
  },
  giveWelcome: {
    title: 'Give the way in',
    does: 'A link with which the person sets a password, once, goes to the private contact or the address that was named, else to the manager.',
    proof: `${MAILED} The link works.`,
  },
  proveUsable: {
    title: 'Prove that the person gets in',
    does: 'Nobody knows a password yet: what opens the account is the link. Where the person used it already, the password is another one.',
    proof:
      'The account is open, a link of the person can be used or was used, and a control account signs in at the same moment.',
  },
  followUp: {
    title: 'Ask how it goes',
    does: 'The manager hears whether the person has signed in yet.',
    proof: `${MAILED} It says what the target knows of sign-ins.`,
    varies: 'Of somebody who goes before, the manager hears on the last day.',
  },
  freeNames: {
    title: 'give the names back',
    does: 'Names of an account that never was open are free again; those of one that was are kept from others for the quarantine. Where an account is kept, its names stay.',
    proof: 'Each name is read as free or in quarantine.',
  },
  removeCreatedAccount: {
    title: 'remove the account',
    does: 'An account that never was open is deleted, and one that was open, is empty and was never signed in to. Any other is locked and kept: a departure archives it first.',
    proof: 'The target no longer has it, or it is read as locked.',
  },
  closeAccount: {
    title: 'close the account',
    does: 'Nobody can sign in to it any more.',
    proof: 'It is read again as it was before the first day: closed.',
  },
  voidWelcome: {
    title: 'make the links void',
    does: 'No link of the person can be used any more.',
    proof: 'No open link is read.',
  },
} as const satisfies StepDescriptions;
