import type { AccountRole } from './person.ts';

export type DisableReason = 'leave' | 'departure' | 'suspicious';

export interface AutoReply {
  readonly subject: string;
  readonly text: string;
  readonly fromMs: number;
  /** The target ends it by itself at this instant, whatever happens to us. */
  readonly untilMs: number;
}

export interface Forward {
  readonly to: string;
  readonly keepCopy: boolean;
}

export interface MailRule {
  readonly name: string;
  readonly action: string;
}

/** Plain JSON; stored as evidence. Never holds a secret: `passwordFingerprint` is a hash of the stored hash. */
export interface AccountSnapshot {
  readonly status: 'active' | 'disabled';
  readonly disabledReason?: DisableReason;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly role: AccountRole;
  readonly groups: readonly string[];
  readonly quotaBytes: number;
  readonly passwordFingerprint: string;
  readonly sessionCount: number;
  readonly appPasswordCount: number;
  readonly forwards: readonly Forward[];
  readonly rules: readonly MailRule[];
  readonly autoReply?: AutoReply;
  readonly redirect?: { readonly to: string; readonly keepCopy: boolean };
  readonly lastLoginAtMs?: number;
  /** `revision` changes with every arriving or vanishing message. */
  readonly mailbox: { readonly messageCount: number; readonly bytes: number; readonly revision: number };
}
