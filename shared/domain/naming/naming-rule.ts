/** What the part of an address before the @ is made of. */
export const CONVENTIONS = ['first.last', 'f.last', 'first', 'last.first', 'firstlast'] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** What is tried next where the address of the convention is taken. */
export const COLLISION_RULES = ['f.lastname', 'number', 'middle_initial'] as const;
export type CollisionRule = (typeof COLLISION_RULES)[number];

/** How an organisation names the accounts of its people. */
export interface NamingRule {
  readonly convention: Convention;
  readonly onCollision: CollisionRule;
  /** Where new addresses are made; absent: in the first domain of the organisation. */
  readonly domain?: string;
}

export const DEFAULT_NAMING: NamingRule = { convention: 'first.last', onCollision: 'number' };
