import type { StepActivity } from '../shared/contract/step.ts';
import type { StepKind } from '../shared/domain/step-kinds.ts';
import { archiveMailbox, archiveNewMail } from './archive/archive-steps.ts';
import { endAutoReply, startAutoReply } from './auto-reply/auto-reply-steps.ts';
import { createCaseActivities } from './case/case-activities.ts';
import type { CaseActivities } from './case/contract.ts';
import {
  disableAccount,
  dropAdministratorRole,
  removeOwnRules,
  revokeAppPasswords,
  revokeSessions,
  rotatePassword,
} from './lockout/lock-account.ts';
import { proveLockedOut } from './lockout/prove-locked-out.ts';
import { takeSnapshot } from './lockout/take-snapshot.ts';
import { notifyManager, remindBeforeDeletion } from './notices/notice-steps.ts';
import { deleteAccount } from './purge/delete-account.ts';
import { openPurgeGate } from './purge/open-purge-gate.ts';
import { quarantineAddress } from './purge/quarantine-address.ts';
import { runStep } from './steps/run-step.ts';
import type { Ports, StepDefinition } from './steps/step-definition.ts';

/** One definition per kind; the compiler sees that none is missing. */
const STEPS = {
  notifyManager,
  takeSnapshot,
  disableAccount,
  rotatePassword,
  revokeAppPasswords,
  revokeSessions,
  removeOwnRules,
  dropAdministratorRole,
  proveLockedOut,
  startAutoReply,
  endAutoReply,
  archiveMailbox,
  openPurgeGate,
  remindBeforeDeletion,
  archiveNewMail,
  deleteAccount,
  quarantineAddress,
} satisfies Record<StepKind, StepDefinition>;

/** Every activity of a case by its type in Temporal. */
export function createActivities(ports: Ports): Readonly<Record<StepKind, StepActivity>> & CaseActivities {
  const steps = Object.entries(STEPS).map(([kind, definition]): [string, StepActivity] => [
    kind,
    (input) => runStep(definition, ports, input),
  ]);
  return { ...(Object.fromEntries(steps) as Record<StepKind, StepActivity>), ...createCaseActivities(ports) };
}
