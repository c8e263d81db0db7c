import type { Account, DirectoryOperation } from '../account.ts';

/** What an account owns besides its mail: one document each. `pendingEffects`: not yet copied to the effect log. */
export interface Belonging {
  readonly _id: string;
  readonly orgId: string;
  readonly rev: number;
  /** The owner; of a meeting, who called it. */
  readonly accountId: string;
  readonly pendingEffects: readonly (Account['pendingEffects'][number] & { readonly accountId: string })[];
}

export interface StoredFile extends Belonging {
  readonly name: string;
  readonly sizeBytes: number;
}

export interface StoredCalendar extends Belonging {
  readonly name: string;
  /** Accounts that see it besides its owner. */
  readonly sharedWith: readonly string[];
  readonly closed: boolean;
}

export interface StoredMeeting extends Belonging {
  readonly calendarId: string;
  readonly title: string;
  readonly startsAtMs: number;
  readonly cancelled: boolean;
}

export interface StoredContact extends Belonging {
  readonly firstName: string;
  readonly lastName: string;
  readonly address?: string;
  readonly telephone?: string;
  readonly organisation?: string;
  readonly note?: string;
}

/** A belonging as others see it. */
export type Shown<T extends Belonging> = Omit<T, '_id' | 'orgId' | 'rev' | 'accountId' | 'pendingEffects'> & {
  readonly id: string;
  readonly ownerAccountId: string;
};

export type BelongingOperation = Extract<DirectoryOperation, 'setFileOwner' | 'setCalendar' | 'setMeeting'>;

export function shown<T extends Belonging>(belonging: T): Shown<T> {
  const { _id: id, accountId: ownerAccountId, orgId: _, rev: __, pendingEffects: ___, ...rest } = belonging;
  return { ...rest, id, ownerAccountId };
}
