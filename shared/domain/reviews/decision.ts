import type { AccountRole } from '../person.ts';

/**
 * What can be decided about a finding. `keep`: it is right as it is, until a day. `attest`: somebody saw to it by hand and says how
 * that can be seen. The others are carried out by Gangway.
 */
export const DECISION_KINDS = [
  'keep',
  'attest',
  'disable',
  'start_departure',
  'change_role',
  'remove_alias',
  'remove_redirect',
  'end_auto_reply',
  'start_deletion',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Who decided: the owner of a key, or a reviewer with a link. */
export interface Decider {
  readonly ownerId: string;
  /** The person this is, where it is known. */
  readonly personId?: string;
  readonly via: 'key' | 'link';
  /** What is carried out is carried out with these. */
  readonly scopes: readonly string[];
}

/** What each kind needs besides its reason. Dates are local, `YYYY-MM-DD`. */
export type DecidedWhat =
  | { readonly kind: 'keep'; readonly until: string }
  | { readonly kind: 'attest'; readonly proof: string }
  | { readonly kind: 'disable' }
  /** `lastDay` absent: at once. */
  | { readonly kind: 'start_departure'; readonly lastDay?: string }
  | { readonly kind: 'change_role'; readonly role: AccountRole }
  | { readonly kind: 'remove_alias' }
  | { readonly kind: 'remove_redirect' }
  | { readonly kind: 'end_auto_reply' }
  | { readonly kind: 'start_deletion'; readonly typedName: string };

export type Decision = DecidedWhat & {
  readonly reason: string;
  readonly by: Decider;
  readonly atMs: number;
  /** Of an administrator: who else agreed. */
  readonly second?: Decider & { readonly atMs: number };
};
