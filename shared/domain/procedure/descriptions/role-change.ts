import type { StepDescriptions } from './step-description.ts';

const MAILED = 'The mail server accepted the mail, or the mail lies in the outbox.';

export const ROLE_CHANGE_DESCRIPTIONS = {
  noteRights: {
    title: 'Note what the account has',
    does: 'The account as it is when the role changes is kept: what the person gets later is not taken for a right of the old role.',
    proof: 'Groups, lists, quota and role were read, and are in the evidence.',
  },
  addRights: {
    title: 'Give the rights of the new role',
    does: 'The groups and lists of the new role are added to what the account has; the quota is set.',
    proof: 'Groups, lists and quota are read again with everything that was there before.',
    onlyIf: 'the new role gives something that the old one did not',
  },
  giveAdministratorRole: {
    title: 'Make the account one of an administrator',
    does: 'An administrator has access to manage all users.',
    proof: 'The role is read again.',
    onlyIf: 'it was asked for and confirmed',
  },
  changePersonRecord: {
    title: "Change the person's entry",
    does: 'Manager, department, role and groups of the person are what the accounts show.',
    proof: 'The entry is read again.',
  },
  tellManagers: {
    title: 'Tell the old and the new manager',
    does: 'They get a mail with what the person has got and what ends when.',
    proof: MAILED,
  },
  remindOldRights: {
    title: 'Remind the manager that the old rights end',
    does: 'The manager gets a mail in time to have the overlap made longer.',
    proof: MAILED,
    onlyIf: 'something ends, and the overlap is longer than that',
    varies: 'An end that was moved has a reminder of its own.',
  },
  removeOldRights: {
    title: 'Take the rights of the old role',
    does: 'What only the old role gave is taken away. What the person had otherwise, or got since, stays.',
    proof: 'Groups and lists are read again without it.',
    onlyIf: 'the old role gave something that the new one does not',
    varies: 'A role change may have another overlap, and it can be made longer until it ends.',
  },
  withdrawRights: {
    title: 'take what the new role gave',
    does: 'What the case added goes, and nothing else; the quota is as before unless somebody changed it since.',
    proof: 'It is read again without it.',
  },
  withdrawAdministratorRole: {
    title: 'take the administrator role back',
    does: 'Whoever was no administrator before is none again, unless nobody else is left who is one.',
    proof: 'The role is read again as it was.',
  },
  restorePersonRecord: {
    title: "put the person's entry back",
    does: 'Manager, department, role and groups are what they were, except what somebody changed since.',
    proof: 'The entry is read again.',
  },
  giveRightsBack: {
    title: 'give the rights of the old role back',
    does: 'What the case took away is added to what the account has.',
    proof: 'It is read again with it.',
  },
} as const satisfies StepDescriptions;
