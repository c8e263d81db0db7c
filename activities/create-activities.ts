import { CARRY_OUT_CHAIN, type ChainActivity, type StepActivity } from '../shared/contract/step.ts';
import type { ActivityKind, StepKind } from '../shared/domain/step-kinds.ts';
import { archiveMailbox, archiveNewMail } from './archive/archive-steps.ts';
import { endAutoReply, startAutoReply } from './auto-reply/auto-reply-steps.ts';
import { createCaseActivities } from './case/case-activities.ts';
import type { CaseActivities } from './case/contract.ts';
import { removeMemberships, revokeOtherCredentials, switchOffProtocols } from './lockout/close-other-ways.ts';
import { proveActive } from './leave/prove-active.ts';
import { proveDisabled } from './leave/prove-disabled.ts';
import {
  disableAccount,
  dropAdministratorRole,
  removeOwnRules,
  revokeAppPasswords,
  revokeSessions,
  rotatePassword,
} from './lockout/lock-account.ts';
import { proveLockedOut } from './lockout/prove-locked-out.ts';
import { revokeOwnKeys } from './lockout/revoke-own-keys.ts';
import { takeSnapshot } from './lockout/take-snapshot.ts';
import { exportContacts } from './handover/export-contacts.ts';
import { endMailboxAccess, grantMailboxAccess } from './handover/mailbox-access.ts';
import {
  handOverCalendars,
  handOverMeetings,
  returnCalendars,
  returnFiles,
  returnMeetings,
  transferFiles,
} from './handover/move-steps.ts';
import { transferMail } from './handover/transfer-mail.ts';
import { closeAccount, removeCreatedAccount, voidWelcome } from './onboarding/called-off.ts';
import { activateAccount, addMemberships, createAccount } from './onboarding/make-account.ts';
import { followUp, remindManager } from './onboarding/manager-notices.ts';
import { freeNames, reserveNames } from './onboarding/names.ts';
import { giveWelcome, proveUsable } from './onboarding/welcome.ts';
import { closeLeaverWindow, informLeaver } from './notices/leaver-steps.ts';
import { notifyManager, remindBeforeDeletion, reviewRetention } from './notices/notice-steps.ts';
import { deleteAccount } from './purge/delete-account.ts';
import { openPurgeGate } from './purge/open-purge-gate.ts';
import { quarantineAddress } from './purge/quarantine-address.ts';
import { reassignReferences, restoreReferences } from './references/reference-steps.ts';
import { giveAdministratorRole, withdrawAdministratorRole } from './role-change/administrator-steps.ts';
import { changePersonRecord, restorePersonRecord } from './role-change/person-record.ts';
import {
  addRights,
  giveRightsBack,
  noteRights,
  removeOldRights,
  withdrawRights,
} from './role-change/rights-steps.ts';
import { remindOldRights, tellManagers } from './role-change/role-notices.ts';
import { giveSetupLink } from './undo/give-setup-link.ts';
import { restoreMemberships, restoreProtocols } from './undo/restore-access.ts';
import {
  enableAccount,
  restoreAutoReply,
  restoreOwnRules,
  restoreRedirect,
  restoreRole,
  restoreSettings,
} from './undo/restore-steps.ts';
import { dropKeptRedirect, keepRedirect } from './redirect/kept-redirect-steps.ts';
import { endRedirect, openRedirectGate, startRedirect } from './redirect/redirect-steps.ts';
import { runChain } from './steps/run-chain.ts';
import { runStep } from './steps/run-step.ts';
import type { Ports, StepDefinition } from './steps/step-definition.ts';

/** One definition per kind; the compiler sees that none is missing. */
const STEPS = {
  notifyManager,
  informLeaver,
  closeLeaverWindow,
  takeSnapshot,
  disableAccount,
  rotatePassword,
  revokeAppPasswords,
  revokeOtherCredentials,
  switchOffProtocols,
  revokeSessions,
  removeOwnRules,
  dropAdministratorRole,
  removeMemberships,
  revokeOwnKeys,
  proveLockedOut,
  startAutoReply,
  endAutoReply,
  openRedirectGate,
  startRedirect,
  endRedirect,
  archiveMailbox,
  reviewRetention,
  openPurgeGate,
  remindBeforeDeletion,
  archiveNewMail,
  keepRedirect,
  deleteAccount,
  quarantineAddress,
  dropKeptRedirect,
  enableAccount,
  restoreRole,
  restoreOwnRules,
  restoreAutoReply,
  restoreRedirect,
  reassignReferences,
  restoreReferences,
  restoreSettings,
  giveSetupLink,
  restoreProtocols,
  restoreMemberships,
  grantMailboxAccess,
  endMailboxAccess,
  transferMail,
  transferFiles,
  handOverCalendars,
  handOverMeetings,
  exportContacts,
  returnFiles,
  returnCalendars,
  returnMeetings,
  proveDisabled,
  proveActive,
  noteRights,
  addRights,
  giveAdministratorRole,
  changePersonRecord,
  tellManagers,
  remindOldRights,
  removeOldRights,
  withdrawRights,
  withdrawAdministratorRole,
  restorePersonRecord,
  giveRightsBack,
  reserveNames,
  createAccount,
  addMemberships,
  remindManager,
  activateAccount,
  giveWelcome,
  proveUsable,
  followUp,
  freeNames,
  removeCreatedAccount,
  closeAccount,
  voidWelcome,
} satisfies Record<ActivityKind, StepDefinition>;

type ChainActivities = Readonly<Record<typeof CARRY_OUT_CHAIN, ChainActivity>>;

/** Every activity of a case by its type in Temporal. `portsOf`: where a kind of step works with others than the rest. */
export function createActivities(
  ports: Ports,
  portsOf: (kind: StepKind) => Ports = () => ports,
): Readonly<Record<ActivityKind, StepActivity>> & CaseActivities & ChainActivities {
  const steps = Object.entries(STEPS).map(([kind, definition]): [string, StepActivity] => [
    kind,
    (input) => runStep(definition, portsOf(definition.kind), input),
  ]);
  return {
    ...(Object.fromEntries(steps) as Record<ActivityKind, StepActivity>),
    [CARRY_OUT_CHAIN]: (input) => runChain(STEPS, ports, input, portsOf),
    ...createCaseActivities(ports),
  };
}
