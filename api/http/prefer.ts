import type { Call } from './call.ts';

const LONGEST_SECONDS = 30;
/** RFC 7240: a preference, its value, and the comma, semicolon or end that follows. */
const WAIT = /(?:^|,)\s*wait\s*=\s*"?(?<seconds>\d{1,9})"?\s*(?:$|[,;])/iu;

/** How long the caller would rather wait for the outcome than be told that it was taken: whole seconds, 30 at most. */
export function preferredWait(call: Pick<Call, 'header'>): number | undefined {
  const seconds = WAIT.exec(call.header('prefer') ?? '')?.groups?.['seconds'];
  // What cannot be honoured is ignored (RFC 7240, 2), so nothing here is refused.
  return seconds === undefined || Number(seconds) === 0
    ? undefined
    : Math.min(Number(seconds), LONGEST_SECONDS);
}
