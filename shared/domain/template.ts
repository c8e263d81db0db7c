import type { Convention } from './naming/naming-rule.ts';
import type { AccountRole } from './person.ts';

/** What everybody in one role of the organisation gets: `sales`, `contractor`. Who was given it once keeps it as it was then. */
export interface AccountTemplate {
  readonly orgId: string;
  readonly rev: number;
  readonly name: string;
  readonly groups: readonly string[];
  readonly lists: readonly string[];
  /** Further addresses, made of the names by these conventions in the domain of the address. */
  readonly aliasConventions: readonly Convention[];
  readonly quotaBytes?: number;
  readonly accountRole?: AccountRole;
  readonly department?: string;
}
