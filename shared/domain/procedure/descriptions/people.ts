import type { StepDescriptions } from './step-description.ts';

const REDIRECT = 'the departure asks for a redirect';
const OUTLIVING = `${REDIRECT} that goes on when the account is gone`;
const INFORMED = 'the departure asks for the leaver to be informed';

export const PEOPLE_DESCRIPTIONS = {
  notifyManager: {
    title: 'Tell the manager',
    does: 'The manager, or the organisation where there is none, gets a mail with the last day, so that work, files and appointments are handed over before.',
    proof: 'The mail server accepted the mail, or the mail lies in the outbox.',
  },
  informLeaver: {
    title: 'Tell the person who leaves',
    does: 'The leaver gets a mail with the last day and a link. Until the lock private mail can be taken out, and that is confirmed by the link.',
    proof: 'The mail server accepted the mail, or the mail lies in the outbox; the link works.',
    onlyIf: INFORMED,
    varies: 'A departure may name other days.',
  },
  closeLeaverWindow: {
    title: 'Write down what the leaver confirmed',
    does: 'From now on nothing is confirmed any more. Whoever did not answer is locked out all the same.',
    proof: 'The evidence says whether and when private mail was confirmed to be taken out.',
    onlyIf: INFORMED,
  },
  reassignReferences: {
    title: 'Give what pointed at the leaver to somebody else',
    does: 'Reports, approvals, redirects and contacts of other departures go to the successor, else to the manager. What nobody can take keeps the step red.',
    proof: 'Nothing points at the leaver any more; who got what is in the evidence.',
  },
  startAutoReply: {
    title: 'Start the auto-reply',
    does: 'Whoever writes gets an answer that names a contact person with an active account. It ends by itself.',
    proof: 'Text and end are read again as they were asked for.',
    onlyIf: 'there is a contact person and the departure does not switch the reply off',
    varies: "A departure may ask for other days, within what the person's country allows.",
  },
  endAutoReply: {
    title: 'End the auto-reply',
    does: 'From now on senders get the usual refusal of the target.',
    proof: 'No auto-reply is read.',
    onlyIf: 'an auto-reply was started',
    varies: 'The day follows from the days of the auto-reply.',
  },
  openRedirectGate: {
    title: 'Approve that mail leaves the organisation',
    does: 'A redirect to an address outside the organisation starts only once somebody approved it. Without an approval there is no redirect.',
    proof: 'The approval of somebody other than the requester is stored.',
    onlyIf: `${REDIRECT} to an address outside the organisation`,
  },
  startRedirect: {
    title: 'Redirect the mail',
    does: "The leaver's mail goes to a colleague or another address. It ends by itself.",
    proof: 'Address, copy and end are read again as they were asked for.',
    onlyIf: REDIRECT,
    varies: "The departure says for how many days, within what the person's country allows.",
  },
  endRedirect: {
    title: 'End the redirect',
    does: 'No mail goes elsewhere any more.',
    proof: 'No redirect is read.',
    onlyIf: REDIRECT,
    varies: 'The day follows from the days of the redirect.',
  },
  keepRedirect: {
    title: 'Let the address go on as a redirect',
    does: "The leaver's addresses go on as redirects once the account is gone, at most until their quarantine ends.",
    proof: 'Addresses, direction and end are read again as they were asked for.',
    onlyIf: OUTLIVING,
  },
  dropKeptRedirect: {
    title: 'End the redirect of the address',
    does: 'Nothing is left of the address.',
    proof: 'No redirect of the address is read.',
    onlyIf: OUTLIVING,
    when: 'on the day the departure asks for',
  },
} as const satisfies StepDescriptions;
