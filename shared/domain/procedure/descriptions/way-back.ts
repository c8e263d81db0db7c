import type { StepDescriptions } from './step-description.ts';

const proof = 'It is read again as it was in the stored state.';

export const WAY_BACK_DESCRIPTIONS = {
  enableAccount: {
    title: 'enable the account',
    does: 'The account can be used again, unless it was disabled before.',
    proof,
  },
  restoreRole: { title: 'give the role back', does: 'An administrator is one again.', proof },
  restoreOwnRules: {
    title: 'put forwards and rules back',
    does: "The person's own forwards and rules work again.",
    proof,
  },
  restoreAutoReply: {
    title: 'end the auto-reply',
    does: 'An auto-reply of before that was running comes back, one whose time is over does not.',
    proof,
  },
  restoreRedirect: {
    title: 'end the redirect',
    does: 'A redirect of before that was running comes back, one whose time is over does not.',
    proof,
  },
  restoreReferences: {
    title: 'give back what others took over',
    does: 'What pointed at the person does so again, except what somebody changed since.',
    proof: 'What was given back is in the evidence.',
  },
  restoreSettings: {
    title: 'put aliases and quota back',
    does: 'Aliases and quota are as they were, and the person counts as before.',
    proof,
  },
  giveSetupLink: {
    title: 'give a setup link',
    does: 'The person gets a link to set a new password, once.',
    proof: 'The mail server accepted the mail, and the link works.',
  },
  restoreProtocols: {
    title: 'switch the mail protocols on again',
    does: 'The protocols that were on are on again.',
    proof,
  },
  restoreMemberships: {
    title: 'restore groups, lists and rights',
    does: 'Memberships and rights are as they were.',
    proof,
  },
  returnFiles: {
    title: 'give the files back',
    does: 'Files that still exist get their old owner.',
    proof: 'Read on both sides, they are back.',
  },
  returnCalendars: {
    title: 'give the calendars back',
    does: 'Calendars that still exist get their old owner.',
    proof: 'Read on both sides, they are back.',
  },
  returnMeetings: {
    title: 'give the meetings back',
    does: 'Meetings that still exist get their old owner.',
    proof: 'Read on both sides, they are back.',
  },
} as const satisfies StepDescriptions;
