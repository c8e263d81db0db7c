import type { AutoReplySetting } from '../account.ts';
import type { Headers } from './message-text.ts';

const day = 24 * 60 * 60 * 1000;
/** One sender gets one answer in this time. */
export const ANSWER_AGAIN_AFTER_MS = 7 * day;

export interface ArrivedMail {
  /** Envelope sender; empty for bounces. */
  readonly from: string;
  /** Address and aliases of the account it arrived for. */
  readonly own: readonly string[];
  readonly autoSubmitted: boolean;
  readonly headers: Headers;
}

/**
 * Whether a message gets the auto-reply at this instant (RFC 3834 sections 2 and 4): only within the auto-reply's time,
 * never to bounces, to ourselves, to machines, to lists or to bulk mail. How often a sender is answered is decided after.
 */
export function deservesAutoReply(
  autoReply: AutoReplySetting | undefined,
  mail: ArrivedMail,
  nowMs: number,
): boolean {
  if (autoReply === undefined || nowMs < autoReply.fromMs || nowMs >= autoReply.untilMs) return false;
  if (mail.autoSubmitted || isMachineSender(mail.from) || mail.own.includes(mail.from)) return false;
  return !isAutomatic(mail.headers);
}

/** When an answer given at `lastMs` is old enough for another. */
export function mayAnswerAgain(lastMs: number, nowMs: number): boolean {
  return nowMs - lastMs >= ANSWER_AGAIN_AFTER_MS;
}

function isMachineSender(from: string): boolean {
  const local = from.split('@', 1)[0] ?? '';
  return (
    !from.includes('@') ||
    /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|listserv|majordomo)$/.test(local) ||
    local.startsWith('owner-') ||
    /-(request|bounces?|owner)$/.test(local)
  );
}

function isAutomatic(headers: Headers): boolean {
  const first = (name: string) => (headers.get(name)?.[0] ?? '').toLowerCase();
  const submitted = first('auto-submitted');
  return (
    (submitted !== '' && !/^no\b/.test(submitted)) ||
    [...headers.keys()].some((name) => name.startsWith('list-')) ||
    /^(bulk|list|junk)\b/.test(first('precedence')) ||
    first('return-path') === '<>' ||
    headers.has('x-auto-response-suppress')
  );
}
