/** What only leaves have. */
export const KINDS_OF_LEAVES = ['proveDisabled', 'investigate', 'endLeave', 'proveActive'] as const;

/** What only role changes have. */
export const KINDS_OF_ROLE_CHANGES = [
  'noteRights',
  'addRights',
  'giveAdministratorRole',
  'changePersonRecord',
  'tellManagers',
  'remindOldRights',
  'removeOldRights',
  'withdrawRights',
  'withdrawAdministratorRole',
  'restorePersonRecord',
  'giveRightsBack',
] as const;

/** What only onboardings have. */
export const KINDS_OF_ONBOARDINGS = [
  'reserveNames',
  'createAccount',
  'addMemberships',
  'remindManager',
  'activateAccount',
  'giveWelcome',
  'proveUsable',
  'followUp',
  'freeNames',
  'removeCreatedAccount',
  'closeAccount',
  'voidWelcome',
] as const;

/**
 * The kinds of step a case is made of. A kind is also the Temporal activity type, so that the Temporal UI reads
 * `disableAccount`, `proveLockedOut`, … Renaming one breaks open cases.
 */
export const STEP_KINDS = [
  'notifyManager',
  'informLeaver',
  'closeLeaverWindow',
  'takeSnapshot',
  'disableAccount',
  'rotatePassword',
  'revokeAppPasswords',
  'revokeOtherCredentials',
  'switchOffProtocols',
  'revokeSessions',
  'removeOwnRules',
  'dropAdministratorRole',
  'removeMemberships',
  'revokeOwnKeys',
  'proveLockedOut',
  'reassignReferences',
  'startAutoReply',
  'endAutoReply',
  'openRedirectGate',
  'startRedirect',
  'endRedirect',
  'archiveMailbox',
  'reviewRetention',
  'openPurgeGate',
  'remindBeforeDeletion',
  'archiveNewMail',
  'keepRedirect',
  'deleteAccount',
  'quarantineAddress',
  'dropKeptRedirect',
  'enableAccount',
  'restoreRole',
  'restoreOwnRules',
  'restoreAutoReply',
  'restoreRedirect',
  'restoreReferences',
  'restoreSettings',
  'giveSetupLink',
  'restoreProtocols',
  'restoreMemberships',
  'nameRecipient',
  'decideItem',
  'grantMailboxAccess',
  'endMailboxAccess',
  'transferMail',
  'transferFiles',
  'handOverCalendars',
  'handOverMeetings',
  'exportContacts',
  'returnFiles',
  'returnCalendars',
  'returnMeetings',
  ...KINDS_OF_LEAVES,
  ...KINDS_OF_ROLE_CHANGES,
  ...KINDS_OF_ONBOARDINGS,
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Always checklist items: no activity exists for them. */
const KINDS_BY_HAND = [
  'nameRecipient',
  'decideItem',
  'investigate',
  'endLeave',
] as const satisfies readonly StepKind[];

/** Kinds that Gangway carries out. */
export type ActivityKind = Exclude<StepKind, (typeof KINDS_BY_HAND)[number]>;
export const ACTIVITY_KINDS: readonly ActivityKind[] = STEP_KINDS.filter(
  (kind): kind is ActivityKind => !(KINDS_BY_HAND as readonly StepKind[]).includes(kind),
);

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
  /** Takes something away from the account: parked by a freeze of the organisation, as deletions are. */
  readonly locking?: boolean;
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
const dayZero: StepTraits = { ...ordinary, reversible: true, locking: true, patience: 'dayZero' };
const lost: StepTraits = { ...dayZero, reversible: false };
const back: StepTraits = { ...ordinary, patience: 'dayZero' };
const reversible: StepTraits = { ...ordinary, reversible: true };
const long: StepTraits = { ...ordinary, patience: 'long' };
/** Gives an account something; undone, it is taken away again. */
const giving: StepTraits = { ...reversible, patience: 'dayZero' };
/** Takes away again what a case gave: parked by a freeze as well. */
const withdrawing: StepTraits = { ...back, locking: true };
/** Makes or opens something of a newcomer; called off, it is taken away again. */
const opening: StepTraits = { ...reversible, patience: 'dayZero' };
/** Takes that away again: a freeze of the organisation parks it. */
const closing: StepTraits = { ...back, locking: true };

export const STEP_TRAITS: Readonly<Record<StepKind, StepTraits>> = {
  notifyManager: ordinary,
  informLeaver: ordinary,
  closeLeaverWindow: ordinary,
  takeSnapshot: { ...ordinary, patience: 'dayZero', reversible: true },
  disableAccount: { ...dayZero, essential: true },
  rotatePassword: { ...lost, essential: true },
  revokeAppPasswords: { ...lost, essential: true },
  revokeOtherCredentials: { ...lost, essential: true },
  switchOffProtocols: dayZero,
  revokeSessions: { ...lost, essential: true },
  removeOwnRules: dayZero,
  dropAdministratorRole: dayZero,
  removeMemberships: dayZero,
  revokeOwnKeys: { ...lost, essential: true },
  proveLockedOut: { ...ordinary, essential: true, patience: 'dayZero' },
  reassignReferences: reversible,
  startAutoReply: reversible,
  endAutoReply: reversible,
  // May be left out: then there is no redirect, which is the safe default.
  openRedirectGate: { ...ordinary, needsApproval: true },
  startRedirect: reversible,
  endRedirect: reversible,
  archiveMailbox: long,
  reviewRetention: ordinary,
  openPurgeGate: { ...long, needsApproval: true, unskippable: true },
  remindBeforeDeletion: ordinary,
  archiveNewMail: long,
  keepRedirect: reversible,
  deleteAccount: { ...long, destructive: true, unskippable: true },
  quarantineAddress: { ...ordinary, unskippable: true },
  dropKeptRedirect: ordinary,
  enableAccount: back,
  restoreRole: back,
  restoreOwnRules: back,
  restoreAutoReply: back,
  restoreRedirect: back,
  restoreReferences: back,
  restoreSettings: back,
  giveSetupLink: ordinary,
  restoreProtocols: back,
  restoreMemberships: back,
  nameRecipient: ordinary,
  decideItem: { ...ordinary, unskippable: true },
  grantMailboxAccess: reversible,
  endMailboxAccess: ordinary,
  transferMail: long,
  transferFiles: { ...long, reversible: true },
  handOverCalendars: { ...long, reversible: true },
  handOverMeetings: { ...long, reversible: true },
  exportContacts: long,
  returnFiles: long,
  returnCalendars: long,
  returnMeetings: long,
  proveDisabled: { ...ordinary, essential: true, patience: 'dayZero' },
  // Nobody opens a suspicious account because a question about it was left out.
  investigate: { ...ordinary, unskippable: true },
  endLeave: { ...ordinary, unskippable: true },
  proveActive: back,
  noteRights: { ...ordinary, patience: 'dayZero' },
  addRights: giving,
  giveAdministratorRole: giving,
  changePersonRecord: reversible,
  tellManagers: ordinary,
  remindOldRights: ordinary,
  removeOldRights: dayZero,
  withdrawRights: withdrawing,
  withdrawAdministratorRole: withdrawing,
  restorePersonRecord: ordinary,
  giveRightsBack: back,
  reserveNames: reversible,
  createAccount: opening,
  addMemberships: opening,
  remindManager: ordinary,
  activateAccount: opening,
  giveWelcome: reversible,
  proveUsable: back,
  followUp: ordinary,
  freeNames: ordinary,
  removeCreatedAccount: closing,
  closeAccount: closing,
  voidWelcome: back,
};

/** What puts the state before a step back. A reversible kind without an entry has nothing left to put back. */
export const UNDONE_BY: Readonly<Partial<Record<StepKind, StepKind>>> = {
  takeSnapshot: 'restoreSettings',
  disableAccount: 'enableAccount',
  switchOffProtocols: 'restoreProtocols',
  removeMemberships: 'restoreMemberships',
  removeOwnRules: 'restoreOwnRules',
  dropAdministratorRole: 'restoreRole',
  reassignReferences: 'restoreReferences',
  startAutoReply: 'restoreAutoReply',
  startRedirect: 'restoreRedirect',
  keepRedirect: 'dropKeptRedirect',
  grantMailboxAccess: 'endMailboxAccess',
  transferFiles: 'returnFiles',
  handOverCalendars: 'returnCalendars',
  handOverMeetings: 'returnMeetings',
  addRights: 'withdrawRights',
  giveAdministratorRole: 'withdrawAdministratorRole',
  changePersonRecord: 'restorePersonRecord',
  removeOldRights: 'giveRightsBack',
  reserveNames: 'freeNames',
  createAccount: 'removeCreatedAccount',
  addMemberships: 'restoreMemberships',
  activateAccount: 'closeAccount',
  giveWelcome: 'voidWelcome',
};
