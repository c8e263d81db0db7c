import type { OpenChange } from './people/open-change.ts';

export const ACCOUNT_ROLES = ['user', 'administrator'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** `joining`: an account is made that opens on the first day. `disabled`: away, or under suspicion; comes back. */
export const PERSON_STATUSES = ['joining', 'active', 'disabled', 'leaving', 'departed'] as const;
export type PersonStatus = (typeof PERSON_STATUSES)[number];

/** The id of the directory every installation has. */
export const FIRST_TARGET = 'directory';

/** The person's entry in one target system. */
export interface AccountRef {
  /** The id of a connected target, e.g. `directory`. */
  readonly target: string;
  readonly accountId: string;
}

/** Who asked that nothing of a person be deleted, and when. Blocks deletion, nothing else. */
export interface LegalHold {
  readonly placedBy: string;
  readonly placedAtMs: number;
  readonly reason: string;
}

/** A human we know. */
export interface Person {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  /** Counts up when somebody comes back: what was planned against an older generation must not touch the new one. */
  readonly generation: number;
  readonly status: PersonStatus;
  readonly firstName: string;
  readonly lastName: string;
  readonly externalId?: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly domain: string;
  readonly accountRole: AccountRole;
  readonly quotaBytes: number;
  readonly groups: readonly string[];
  readonly managerId?: string;
  readonly department?: string;
  /** The name of the template the person was given last. */
  readonly template?: string;
  readonly timeZone?: string;
  readonly country?: string;
  readonly locale?: string;
  readonly privateContact?: string;
  /** Local date of the last day of somebody who is here for a time: a departure begins by itself. */
  readonly endsOn?: string;
  /** Service accounts and protected people are never disabled by a procedure. */
  readonly protected: boolean;
  readonly legalHold?: LegalHold;
  readonly accounts: readonly AccountRef[];
  /** While it is there, the accounts may be on the way to something else than is said here. */
  readonly openChange?: OpenChange;
  readonly createdAtMs: number;
}

export function fullNameOf(person: Pick<Person, 'firstName' | 'lastName'>): string {
  return `${person.firstName} ${person.lastName}`.trim();
}
