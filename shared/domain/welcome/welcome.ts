export const WELCOME_STATES = ['queued', 'sent', 'parked', 'cancelled'] as const;
/** `parked`: it was tried for three days, and waits for somebody to ask for it again. */
export type WelcomeState = (typeof WELCOME_STATES)[number];

/** Why a welcome is not sent any more. */
export const WELCOME_CANCELLATIONS = ['not_active', 'has_access'] as const;
export type WelcomeCancellation = (typeof WELCOME_CANCELLATIONS)[number];

/**
 * A welcome mail that is to be sent, or was. It holds no secret: link and password are made when it is sent, anew with every
 * attempt.
 */
export interface Welcome {
  /** `welcomeIdOf` the person: there is one of each. */
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly personId: string;
  readonly requestedBy: string;
  readonly requestedAtMs: number;
  readonly to: string;
  readonly includePassword: boolean;
  /** BCP 47, in place of the person's. */
  readonly locale?: string;
  readonly state: WelcomeState;
  /** When it is tried next, while it is queued. */
  readonly dueAtMs: number;
  readonly attempts: number;
  /** Of the last attempt, in words of ours. */
  readonly error?: string;
  readonly cancelledBecause?: WelcomeCancellation;
  readonly sentAtMs?: number;
  /** What the mail server, or the outbox, answered. */
  readonly acceptedBy?: string;
}

export function welcomeIdOf(personId: string): string {
  return personId.replace(/^per_/u, 'wel_');
}

const MINUTE_MS = 60_000;
const PAUSES_MIN = [1, 5, 15, 60] as const;
const TRIED_FOR_MS = 72 * 60 * MINUTE_MS;

/** What becomes of a welcome whose attempt failed: it is tried again, at last every hour, or parked after three days. */
export function afterFailure(
  { attempts, requestedAtMs }: Pick<Welcome, 'attempts' | 'requestedAtMs'>,
  nowMs: number,
): Pick<Welcome, 'state' | 'dueAtMs'> {
  const pauseMin = PAUSES_MIN[Math.max(attempts, 1) - 1] ?? PAUSES_MIN[PAUSES_MIN.length - 1] ?? 60;
  const dueAtMs = nowMs + pauseMin * MINUTE_MS;
  return { state: dueAtMs - requestedAtMs > TRIED_FOR_MS ? 'parked' : 'queued', dueAtMs };
}
