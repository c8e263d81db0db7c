import type { StepKind } from '../../step-kinds.ts';
import { after, at, DAY_MS, type StepDraft } from '../plan-step.ts';
import { keyOn, paramsOn, type DepartureDays } from './departure-days.ts';
import { provenAgain } from './lockout.ts';
import { endOfKeptRedirect, keptRedirect } from './redirect.ts';

export const GATE_KEY = 'purge-gate';

const OF_GRACE: readonly StepKind[] = ['proveLockedOut', 'endRedirect', 'endMailboxAccess'];

/** What a deletion proves again or ends on a later day: its grace does not wait for it, only the deletion does. */
function isOfGrace({ procedure, leaveAtMs }: DepartureDays, { kind, due }: StepDraft): boolean {
  return (
    procedure.ofDeletion === true && OF_GRACE.includes(kind) && due.kind === 'at' && due.atMs > leaveAtMs
  );
}

/**
 * From the gate to the end: the grace, reminders before its end, a last proof and a last archive on every target, and only
 * then the first deletion.
 */
export function purge(days: DepartureDays, before: readonly StepDraft[]): readonly StepDraft[] {
  const inGrace = before.filter((draft) => isOfGrace(days, draft));
  const { procedure, dayAfter, targets, retention } = days;
  const opensAtMs = Math.max(dayAfter(procedure.purgeDay), retention?.untilMs ?? 0);
  const graceMs = procedure.graceDays * DAY_MS;
  const end = after(GATE_KEY, graceMs);
  const reminders = procedure.reminderDaysBefore.map((daysBefore): StepDraft => ({
    key: `remind-${daysBefore}`,
    kind: 'remindBeforeDeletion',
    due: after(GATE_KEY, graceMs - daysBefore * DAY_MS),
    dependsOn: [GATE_KEY],
    params: { daysBefore },
  }));
  const lastLooks = targets.flatMap((target): readonly StepDraft[] => {
    const proof = keyOn(target, 'prove-before-delete');
    const key = keyOn(target, 'archive-new-mail');
    return [
      { key: proof, kind: 'proveLockedOut', due: end, ...provenAgain(days, target, [GATE_KEY]) },
      { key, kind: 'archiveNewMail', due: end, dependsOn: [proof], params: paramsOn(target) },
    ];
  });
  const archived = lastLooks.filter((step) => step.kind === 'archiveNewMail');
  const kept = targets.flatMap((target) => keptRedirect(days, target, end));
  const deletions = targets.map((target): StepDraft => ({
    key: keyOn(target, 'delete-account'),
    kind: 'deleteAccount',
    due: end,
    dependsOn: [...inGrace, ...archived, ...kept, ...reminders].map((step) => step.key),
    params: paramsOn(target),
  }));
  const last = deletions.at(-1)?.key ?? GATE_KEY;
  return [
    {
      ...{ key: GATE_KEY, kind: 'openPurgeGate', due: at(opensAtMs) },
      dependsOn: before.filter((draft) => !inGrace.includes(draft)).map((step) => step.key),
    },
    ...reminders,
    ...lastLooks,
    ...kept,
    ...deletions,
    {
      key: 'quarantine-address',
      kind: 'quarantineAddress',
      due: after(last, 0),
      dependsOn: deletions.map((step) => step.key),
    },
    ...targets.flatMap((target) => endOfKeptRedirect(days, target)),
  ];
}
