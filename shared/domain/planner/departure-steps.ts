import { after, at, DAY_MS, inOrder, type StepDraft } from './plan-step.ts';
import type { DepartureProcedure } from './departure-procedure.ts';
import type { StepKind } from '../step-kinds.ts';

/** The steps that lock an account, in order. A proof that finds drift has them carried out again. */
const LOCKOUT: readonly { readonly key: string; readonly kind: StepKind }[] = [
  { key: 'disable-account', kind: 'disableAccount' },
  { key: 'rotate-password', kind: 'rotatePassword' },
  { key: 'revoke-app-passwords', kind: 'revokeAppPasswords' },
  { key: 'revoke-sessions', kind: 'revokeSessions' },
  { key: 'remove-own-rules', kind: 'removeOwnRules' },
  { key: 'drop-administrator-role', kind: 'dropAdministratorRole' },
];
const LOCKOUT_KEYS = LOCKOUT.map((step) => step.key);
export const GATE_KEY = 'purge-gate';
const DELETE_KEY = 'delete-account';

/** What the instants of a departure are made from. */
export interface DepartureDays {
  readonly procedure: DepartureProcedure;
  readonly leaveAtMs: number;
  /** The leave time on the day that lies this many local days after the leave day. */
  readonly dayAfter: (days: number) => number;
  /** Absent: no auto-reply. */
  readonly autoReplyDays?: number;
}

/** The steps of a departure in order, behind the notices that are given. */
export function stepsOfDeparture(days: DepartureDays, notices: readonly StepDraft[]): readonly StepDraft[] {
  const untilGate = [...notices, ...lockout(days), ...autoReply(days), ...proofs(days), ...archive(days)];
  return [
    ...untilGate,
    ...purge(
      days,
      untilGate.map((draft) => draft.key),
    ),
  ];
}

function lockout({ leaveAtMs }: DepartureDays): readonly StepDraft[] {
  const due = at(leaveAtMs);
  return inOrder([
    { key: 'take-snapshot', kind: 'takeSnapshot', due },
    ...LOCKOUT.map((step) => ({ ...step, due })),
    { key: 'prove-day-0', kind: 'proveLockedOut', due },
  ]);
}

function autoReply({ autoReplyDays, leaveAtMs, dayAfter }: DepartureDays): readonly StepDraft[] {
  if (autoReplyDays === undefined) return [];
  const untilMs = dayAfter(autoReplyDays);
  return [
    {
      key: 'start-auto-reply',
      kind: 'startAutoReply',
      due: at(leaveAtMs),
      follows: ['prove-day-0'],
      params: { untilMs },
    },
    { key: 'end-auto-reply', kind: 'endAutoReply', due: at(untilMs), dependsOn: ['start-auto-reply'] },
  ];
}

function proofs({ procedure, dayAfter }: DepartureDays): readonly StepDraft[] {
  return procedure.proofDays.map((day) => ({
    key: `prove-day-${day}`,
    kind: 'proveLockedOut',
    due: at(dayAfter(day)),
    dependsOn: ['prove-day-0'],
    reapplies: LOCKOUT_KEYS,
    params: { again: 1 },
  }));
}

function archive({ procedure, dayAfter }: DepartureDays): readonly StepDraft[] {
  return [
    {
      key: 'archive-mailbox',
      kind: 'archiveMailbox',
      due: at(dayAfter(procedure.archiveDay)),
      dependsOn: ['prove-day-0'],
    },
  ];
}

function purge({ procedure, dayAfter }: DepartureDays, before: readonly string[]): readonly StepDraft[] {
  const graceMs = procedure.graceDays * DAY_MS;
  const reminders = procedure.reminderDaysBefore.map((days): StepDraft => ({
    key: `remind-${days}`,
    kind: 'remindBeforeDeletion',
    due: after(GATE_KEY, graceMs - days * DAY_MS),
    dependsOn: [GATE_KEY],
    params: { daysBefore: days },
  }));
  const end = after(GATE_KEY, graceMs);
  return [
    { key: GATE_KEY, kind: 'openPurgeGate', due: at(dayAfter(procedure.purgeDay)), dependsOn: before },
    ...reminders,
    {
      key: 'prove-before-delete',
      kind: 'proveLockedOut',
      due: end,
      dependsOn: [GATE_KEY],
      reapplies: LOCKOUT_KEYS,
      params: { again: 1 },
    },
    { key: 'archive-new-mail', kind: 'archiveNewMail', due: end, dependsOn: ['prove-before-delete'] },
    {
      key: DELETE_KEY,
      kind: 'deleteAccount',
      due: end,
      dependsOn: ['archive-new-mail', ...reminders.map((step) => step.key)],
    },
    {
      key: 'quarantine-address',
      kind: 'quarantineAddress',
      due: after(DELETE_KEY, 0),
      dependsOn: [DELETE_KEY],
    },
  ];
}
