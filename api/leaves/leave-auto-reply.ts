import { fillIn, LEAVE_REPLY_VARIABLES } from '../../shared/domain/auto-reply-template.ts';
import type { AutoReplyRequest, AutoReplyTexts } from '../../shared/domain/departure.ts';
import type { LeaveReason } from '../../shared/domain/leave.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { namesVariable } from '../../shared/domain/text-variables.ts';
import { assertNothingElse, templateOf } from '../departures/auto-reply-of.ts';
import { Problem } from '../http/problem.ts';
import type { LeaveFields } from './leave-fields.ts';
import { usualLeaveText } from './leave-reply-texts.ts';

export interface LeaveReplySubject {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly contact: Person | undefined;
  readonly reason: LeaveReason;
  readonly returnDay: string | undefined;
  /** From the beginning to the return. */
  readonly days: number;
}

/**
 * On by default for somebody on leave, only in words for a suspicious account. The day of the return stays a variable: it is
 * filled in when the reply is given. What a country allows is meant for people who left.
 */
export function leaveReplyOf(
  wanted: LeaveFields['autoReply'],
  { person, organisation, contact, reason, returnDay, days }: LeaveReplySubject,
): AutoReplyRequest | undefined {
  const { enabled, ...texts } = wanted ?? {};
  if (enabled === false) {
    assertNothingElse(texts);
    return undefined;
  }
  if (wanted === undefined && (reason === 'suspicious' || contact === undefined)) return undefined;
  if (contact === undefined) throw new Problem('CONTACT_REQUIRED', { field: '/contactPersonId' });
  const isDated = returnDay !== undefined;
  const template = templateOf(texts, {
    ...{ person, organisation },
    usualText: (locale) => usualLeaveText(locale, isDated),
    variables: LEAVE_REPLY_VARIABLES.filter((name) => isDated || name !== 'returnDay'),
  });
  return { ...filledIn(template, person, contact), days, template };
}

export interface MovedReplySubject extends Omit<LeaveReplySubject, 'contact' | 'reason'> {
  readonly contact: Person;
}

/** A usual text says whether there is a day of return. A text of one's own that names the day cannot do without it. */
export function movedReply(
  reply: AutoReplyRequest,
  { person, organisation, contact, returnDay, days }: MovedReplySubject,
): AutoReplyRequest {
  const locale = person.locale ?? organisation.locale;
  const isDated = returnDay !== undefined;
  const given = reply.template ?? reply;
  const isUsual = given.internal === undefined && given.text === usualLeaveText(locale, !isDated).text;
  const template = isUsual ? { ...given, ...usualLeaveText(locale, isDated) } : given;
  if (!isDated && namesReturn(template)) throw new Problem('RETURN_DAY_NAMED', { field: '/returnDay' });
  return { ...filledIn(template, person, contact), days, template };
}

function filledIn(template: AutoReplyTexts, person: Person, contact: Person): AutoReplyTexts {
  return fillIn(template, {
    leaver: fullNameOf(person),
    contact: fullNameOf(contact),
    contactAddress: contact.address,
  });
}

function namesReturn(texts: AutoReplyTexts): boolean {
  const all = [texts, texts.internal ?? texts].flatMap(({ subject, text }) => [subject, text]);
  return all.some((text) => namesVariable(text, 'returnDay'));
}
