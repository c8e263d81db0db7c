import type { DeletionItem } from './deletion.ts';
import type { HandoverPart } from './target-capabilities.ts';

/** Who gets what the leaver had: named in so many words, found by rule, or asked for. */
export const RECIPIENT_RULES = ['named', 'successor', 'manager', 'fallback', 'ask'] as const;
export type RecipientRule = (typeof RECIPIENT_RULES)[number];

/** How a part is handed over on a target: by Gangway, by a person, or not at all because the target has no such thing. */
export type HandoverWay = 'yes' | 'manual' | 'no';
export type HandoverWays = Readonly<Partial<Record<HandoverPart, HandoverWay>>>;

/** Which messages: all where nothing is said. Dates are local, both included; the instants follow from them. */
export interface MailSelection {
  readonly folders?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly sinceMs?: number;
  /** The first instant that is too late. */
  readonly beforeMs?: number;
}

/** What is handed over, to whom, and when. Decided when the departure is asked for. */
export interface Handover {
  readonly recipient: RecipientRule;
  /** The one who was `named`. */
  readonly recipientId?: string;
  /** Days after the leave day. */
  readonly day: number;
  /** Absent: no mail is copied. */
  readonly mail?: MailSelection;
  /** Somebody decided that they are deleted with the account. */
  readonly filesGoWithAccount?: true;
  readonly calendars: 'handOver' | 'close';
  readonly meetings: 'handOver' | 'cancel';
  /** Somebody may read the mailbox for some days. */
  readonly access?: { readonly personId: string; readonly days: number; readonly reason: string };
  /** By target: the parts the leaver has something of. A part that is not named has nothing to hand over. */
  readonly targets: Readonly<Record<string, HandoverWays>>;
}

/** Parts that somebody receives. What is `undecided` is received by nobody yet. */
export function needsRecipient(
  handover: Pick<Handover, 'calendars' | 'meetings' | 'targets'>,
  undecided: readonly DeletionItem[] = [],
): boolean {
  const received = (
    [
      'mail',
      'files',
      ...(handover.calendars === 'handOver' ? (['calendars'] as const) : []),
      ...(handover.meetings === 'handOver' ? (['meetings'] as const) : []),
    ] as const
  ).filter((part) => part === 'meetings' || !undecided.includes(part));
  return Object.values(handover.targets).some((ways) =>
    received.some((part) => ways[part] === 'yes' || ways[part] === 'manual'),
  );
}

/** What the planner knows of a handover. */
export interface HandoverPlan {
  /** Days after the leave day. */
  readonly day: number;
  /** By the id of a target. */
  readonly targets: Readonly<Record<string, HandoverWays>>;
  readonly accessDays?: number;
  /** Somebody must say first who receives. */
  readonly askRecipient: boolean;
  /** The person who receives, where it is known: owns the checklist items. */
  readonly ownerId?: string;
}

/** Whom the rule means now; a successor or manager who was replaced since is replaced here as well. */
export function recipientIdOf(
  handover: Pick<Handover, 'recipient' | 'recipientId'>,
  of: {
    readonly successorId?: string;
    readonly managerId?: string;
    readonly fallbackRecipientId?: string;
  },
): string | undefined {
  switch (handover.recipient) {
    case 'named':
      return handover.recipientId;
    case 'successor':
      return of.successorId;
    case 'manager':
      return of.managerId;
    case 'fallback':
      return of.fallbackRecipientId;
    case 'ask':
      return undefined;
  }
}
