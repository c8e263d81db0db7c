import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import type { CaseNotice } from '../../shared/domain/case/case-event.ts';
import { REDIRECT_GATE_KEY } from '../../shared/domain/planner/departure/redirect.ts';
import type { CaseRecord, StepView } from '../../shared/domain/case-record.ts';
import type { CaseKind } from '../../shared/domain/case-states.ts';
import type { Plan } from '../../shared/domain/plan.ts';

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
}

/** `2026-12-24 17:30` in a zone, as a person writes it. */
export function localMinute(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    atMs,
  );
  return `${parts} (${timeZone})`;
}

/** `2026-12-24` in a zone. */
export function localDate(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(atMs);
}

export function leavingNotice(person: Person, leaveAtMs: number, timeZone: string): NoticeText {
  const name = fullNameOf(person);
  return {
    subject: `${name} is leaving`,
    text: [
      `The account of ${name} (${person.address}) will be closed on ${localMinute(leaveAtMs, timeZone)}.`,
      '',
      'From then on nobody can sign in to it; mail goes on arriving. Please see to it that work, files and appointments are handed over before.',
    ].join('\n'),
  };
}

/** `returnsAtMs`: absent while nobody knows. */
export function leaveNotice(
  person: Person,
  { leaveAtMs, timeZone }: Pick<Plan, 'leaveAtMs' | 'timeZone'>,
  returnsAtMs: number | undefined,
): NoticeText {
  const name = fullNameOf(person);
  const until =
    returnsAtMs === undefined
      ? 'until somebody ends the leave'
      : `until ${localMinute(returnsAtMs, timeZone)}, and is opened again by itself`;
  return {
    subject: `${name} is on leave`,
    text: [
      `The account of ${name} (${person.address}) is locked since ${localMinute(leaveAtMs, timeZone)}, ${until}.`,
      '',
      'Nobody can sign in to it meanwhile; mail goes on arriving.',
    ].join('\n'),
  };
}

export function retentionReview(person: Person, until: string, year: number): NoticeText {
  const name = fullNameOf(person);
  return {
    subject: `Data of ${name} is still kept (review of year ${year})`,
    text: [
      `The account of ${name} (${person.address}) is locked, and its data is kept until ${until}. Please check whether it is still needed.`,
      '',
      'Nothing is deleted before that day, and then only after an approval. If the data is needed no longer, cancel this departure and ask for one without retention.',
    ].join('\n'),
  };
}

export function deletionReminder(
  person: Person,
  daysBefore: number,
  deleteAtMs: number,
  timeZone: string,
): NoticeText {
  const name = fullNameOf(person);
  const days = daysBefore === 1 ? '1 day' : `${daysBefore} days`;
  return {
    subject: `The account of ${name} will be deleted in ${days}`,
    text: [
      `The account of ${name} (${person.address}) and its mail will be deleted for good on ${localMinute(deleteAtMs, timeZone)}.`,
      '',
      'To prevent it, have it called off, or place a legal hold.',
    ].join('\n'),
  };
}

/** What a case is called in a mail. */
const CASE_NAMES: Readonly<Record<CaseKind, string>> = {
  onboarding: 'onboarding',
  role_change: 'role change',
  leave: 'leave',
  departure: 'departure',
  deletion: 'deletion',
};

/** The mails of a case that waits for a person. Codes come with their sentence, so that nobody has to look one up. */
export function caseNotice(
  notice: CaseNotice,
  { id: caseId, kind, plan }: Pick<CaseRecord, 'id' | 'kind' | 'plan'>,
  person: Person,
  steps: readonly StepView[],
  count: number,
): NoticeText {
  const name = fullNameOf(person);
  const what = `${CASE_NAMES[kind]} of ${name}`;
  if (notice === 'checklist') {
    const until = kind === 'leave' ? 'the account stays locked' : 'the account is not deleted';
    return checklistNotice(what, caseId, steps, { count, until, timeZone: plan.timeZone });
  }
  if (notice === 'attention') {
    return {
      subject: `The ${what} needs attention${count > 1 ? ` (reminder ${count - 1})` : ''}`,
      text: [
        `Case ${caseId} cannot go on by itself:`,
        '',
        ...steps.map(stepLine),
        '',
        `Retry or skip the step, or cancel the ${CASE_NAMES[kind]}.`,
      ].join('\n'),
    };
  }
  if (notice === 'guard') {
    return {
      subject: `The ${what} is held: too many accounts in one day`,
      text: [
        `Case ${caseId} would take away more accounts within 24 hours than the organisation allows. Nothing of it is carried out.`,
        '',
        'Somebody other than the requester can release it, or cancel it.',
      ].join('\n'),
    };
  }
  if (steps.some((step) => step.key === REDIRECT_GATE_KEY)) {
    const redirect = `The redirect of the mail of ${name} waits for an approval`;
    return {
      subject: notice === 'escalation' ? `${redirect}: nobody answered` : redirect,
      text: [
        `Case ${caseId} asks to send the mail of ${name} to an address outside the organisation. Somebody other than the requester must approve it by typing the person's full name, or skip the step with a reason.`,
        '',
        'Until then no mail leaves the organisation.',
      ].join('\n'),
    };
  }
  const waiting = `The deletion of the account of ${name} waits for an approval`;
  return {
    subject: notice === 'escalation' ? `${waiting}: nobody answered` : waiting,
    text: [
      `Case ${caseId} has come to its purge gate. Somebody other than the requester must approve the deletion by typing the person's full name.`,
      '',
      'Until then nothing is deleted.',
    ].join('\n'),
  };
}

function checklistNotice(
  what: string,
  caseId: string,
  steps: readonly StepView[],
  { count, until, timeZone }: { readonly count: number; readonly until: string; readonly timeZone: string },
): NoticeText {
  const dueOf = ({ dueAtMs }: StepView): string =>
    dueAtMs === undefined ? '' : `, due ${localMinute(dueAtMs, timeZone)}`;
  return {
    subject: `Checklist of the ${what}${count > 1 ? ` (reminder ${count - 1})` : ''}`,
    text: [
      `Case ${caseId} waits for somebody to do by hand what Gangway cannot:`,
      '',
      ...steps.map((step) => `- ${step.key}${dueOf(step)}`),
      '',
      `When an item is done, complete it with a word on how that can be seen. Until then ${until}.`,
    ].join('\n'),
  };
}

function stepLine(step: StepView): string {
  const code = step.errorCode as StepFailureCode | undefined;
  return `- ${step.key}: ${code === undefined ? 'overdue' : `${code}. ${STEP_FAILURES[code].sentence}`}`;
}
