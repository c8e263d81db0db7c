/** Rights that a role gives on an account. */
export interface RoleRights {
  readonly groups: readonly string[];
  readonly lists: readonly string[];
}

type OfNames = (names: readonly string[], others: readonly string[]) => readonly string[];

function both(of: OfNames) {
  return (rights: RoleRights, others: RoleRights): RoleRights => ({
    groups: of(rights.groups, others.groups),
    lists: of(rights.lists, others.lists),
  });
}

/** The first of them, without the others. */
export const withoutRights = both((names, others) => names.filter((name) => !others.includes(name)));

/** What is in both. */
export const commonRights = both((names, others) => names.filter((name) => others.includes(name)));

/** The first of them in their order, and the others behind. */
export const withRights = both((names, others) => [...new Set([...names, ...others])]);

export function countRights({ groups, lists }: RoleRights): number {
  return groups.length + lists.length;
}

/** What an account has; a target without lists has none. */
export function rightsOf({
  groups,
  lists = [],
}: Pick<RoleRights, 'groups'> & Partial<RoleRights>): RoleRights {
  return { groups, lists };
}

export function sameRights(a: RoleRights, b: RoleRights): boolean {
  return countRights(withoutRights(a, b)) === 0 && countRights(withoutRights(b, a)) === 0;
}

/** What the way from one template to another gives and takes away. Whatever neither of them gives is not touched. */
export function rightsDifference(
  from: RoleRights,
  to: RoleRights,
): { readonly adds: RoleRights; readonly removes: RoleRights } {
  return { adds: withoutRights(to, from), removes: withoutRights(from, to) };
}
