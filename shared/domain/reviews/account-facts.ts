import type { DisableReason } from '../account-snapshot.ts';
import type { AccountRole } from '../person.ts';

/** An account as reviews look at it: what a target tells of many accounts at once. What a target does not know is absent. */
export interface AccountFacts {
  readonly target: string;
  readonly accountId: string;
  readonly address: string;
  readonly aliases: readonly AliasFacts[];
  /** A machine's account: belongs to no person. */
  readonly service: boolean;
  readonly status: 'active' | 'disabled';
  readonly disabledReason?: DisableReason;
  readonly role: AccountRole;
  readonly groups: readonly string[];
  readonly lists?: readonly string[];
  readonly quotaBytes: number;
  readonly usedBytes: number;
  readonly createdAtMs?: number;
  /** By any protocol. */
  readonly lastLoginAtMs?: number;
  readonly redirect?: { readonly to: string; readonly sinceMs?: number; readonly untilMs?: number };
  /** Set by the owner. */
  readonly forwards: readonly string[];
  readonly autoReply?: { readonly fromMs: number; readonly untilMs: number };
}

export interface AliasFacts {
  readonly address: string;
  readonly sinceMs?: number;
  readonly lastMailAtMs?: number;
}
