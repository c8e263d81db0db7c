/** The chapters of the document, in their order. */
export const TAGS = [
  { name: 'Departures', description: 'Somebody leaves: ask, simulate, look, and tell the case what to do.' },
  {
    name: 'Cases',
    description:
      'What runs for one person: an onboarding, a role change, a leave, a departure or a deletion. All of them take the same commands.',
  },
  { name: 'Leaves', description: 'Accounts that are locked for a while and opened again.' },
  {
    name: 'Deletions',
    description: 'An account goes for good: ask, simulate, decide what is left open, restore.',
  },
  {
    name: 'Onboardings',
    description: 'Somebody comes: ask, simulate, move. The rest is said to the case.',
  },
  { name: 'Steps', description: 'Single steps of a departure: retry, skip, approve, attest by hand.' },
  { name: 'People', description: 'People and their accounts, on each of their targets.' },
  {
    name: 'Imports',
    description:
      'Many people from a file: upload it, look at the dry run, launch it, follow it, mend what failed.',
  },
  {
    name: 'Reviews',
    description:
      'Accounts looked at again and again: what is looked for, what was found, what is decided, what became of it.',
  },
  { name: 'Naming', description: 'What address somebody gets, by which rule, and why.' },
  {
    name: 'Procedures',
    description: 'Versions of what cases of each kind are planned by, as data and as written documents.',
  },
  { name: 'Organisation', description: 'The organisation of the key: its settings, its guard, its freeze.' },
  { name: 'API keys', description: 'Keys with scopes and an owner; the owner is the actor.' },
  { name: 'Archives', description: 'What was archived of leavers. Each access is in the audit.' },
  {
    name: 'Directory',
    description: 'The built-in directory from outside: makes every effect of a procedure observable.',
  },
  { name: 'Pages', description: 'Pages behind a link, for people without a key.' },
  { name: 'Operating', description: 'Whether Gangway serves, and this document.' },
] as const;
export type Tag = (typeof TAGS)[number]['name'];
