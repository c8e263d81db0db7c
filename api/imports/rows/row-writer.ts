import type { RowFault } from '../../../shared/domain/imports/import-row.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type {
  Claim,
  ClaimTaken,
  WantedClaim,
} from '../../../shared/platform/persistence/claim-repository.ts';

/** Somebody who is to be made, with every name claimed. */
export interface Newcomer {
  readonly rowNumber: number;
  readonly person: Person;
  readonly passwordHash?: string;
  /** Where a mail with a setup link goes. */
  readonly welcomeTo?: string;
}

/**
 * All that making people writes. A run and a dry run differ in nothing else. Names are seen as they will be: what a dry run would have
 * taken is taken for whoever comes after in it.
 */
export interface RowWriter {
  readNames(claimIds: readonly string[]): Promise<ReadonlyMap<string, Claim>>;
  /** No name twice. */
  takeNames(wanted: readonly WantedClaim[]): Promise<ReadonlyMap<string, ClaimTaken>>;
  releaseNames(names: readonly WantedClaim[]): Promise<void>;
  /** What each of the holders has, as ids of claims. */
  namesOf(holderIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Makes the accounts on every target and reads them back. Gives, by the number of the row, where that was not proven. */
  makeAccounts(newcomers: readonly Newcomer[]): Promise<ReadonlyMap<number, RowFault>>;
  /** Enters people whose accounts were proven. Repeating it adds nothing. */
  keep(newcomers: readonly Newcomer[]): Promise<void>;
}
