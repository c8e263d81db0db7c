/**
 * The kinds of step a case is made of. A kind is also the Temporal activity type, so that the Temporal UI reads
 * `disableAccount`, `proveLockedOut`, … Renaming one breaks open cases.
 */
export const STEP_KINDS = [
  'notifyManager',
  'takeSnapshot',
  'disableAccount',
  'rotatePassword',
  'revokeAppPasswords',
  'revokeSessions',
  'removeOwnRules',
  'dropAdministratorRole',
  'proveLockedOut',
  'startAutoReply',
  'endAutoReply',
  'archiveMailbox',
  'openPurgeGate',
  'remindBeforeDeletion',
  'archiveNewMail',
  'deleteAccount',
  'quarantineAddress',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** How long a step is tried: the numbers behind each word travel in the case's input (`CasePolicy`). */
export const PATIENCES = ['dayZero', 'ordinary', 'long'] as const;
export type Patience = (typeof PATIENCES)[number];

/** What the planner freezes into every step of a kind. */
export interface StepTraits {
  /** The stored before-state can be put back. */
  readonly reversible: boolean;
  /** Cannot be taken back: the person, the hold, the archive and the approval are checked again at the call itself. */
  readonly destructive: boolean;
  /** Waits for the approval of somebody other than the requester. */
  readonly needsApproval: boolean;
  /** Leaving it out takes two people. */
  readonly essential: boolean;
  /** A guard of the deletion: it can be passed, never skipped. */
  readonly unskippable: boolean;
  readonly patience: Patience;
}

const ordinary: StepTraits = {
  reversible: false,
  destructive: false,
  needsApproval: false,
  essential: false,
  unskippable: false,
  patience: 'ordinary',
};
const dayZero: StepTraits = { ...ordinary, reversible: true, patience: 'dayZero' };

export const STEP_TRAITS: Readonly<Record<StepKind, StepTraits>> = {
  notifyManager: ordinary,
  takeSnapshot: { ...ordinary, patience: 'dayZero' },
  disableAccount: { ...dayZero, essential: true },
  rotatePassword: { ...dayZero, reversible: false, essential: true },
  revokeAppPasswords: { ...dayZero, reversible: false, essential: true },
  revokeSessions: { ...dayZero, reversible: false, essential: true },
  removeOwnRules: dayZero,
  dropAdministratorRole: dayZero,
  proveLockedOut: { ...dayZero, reversible: false, essential: true },
  startAutoReply: { ...ordinary, reversible: true },
  endAutoReply: { ...ordinary, reversible: true },
  archiveMailbox: { ...ordinary, patience: 'long' },
  openPurgeGate: { ...ordinary, patience: 'long', needsApproval: true, unskippable: true },
  remindBeforeDeletion: ordinary,
  archiveNewMail: { ...ordinary, patience: 'long' },
  deleteAccount: { ...ordinary, patience: 'long', destructive: true, unskippable: true },
  quarantineAddress: { ...ordinary, unskippable: true },
};
