export const SCOPES = [
  'cases:read',
  'cases:write',
  'people:read',
  'people:write',
  'departures:read',
  'departures:write',
  'approvals:write',
  'organisation:read',
  'organisation:write',
  'archives:read',
  'directory:read',
  'directory:write',
  'reviews:read',
  'reviews:write',
] as const;
export type Scope = (typeof SCOPES)[number];

const areaOf = (scope: string): string => scope.split(':')[0] ?? '';

const AREAS = [...new Set(SCOPES.map(areaOf))];

/** What the first key of an installation may do: everything. */
export const ALL_SCOPES: readonly string[] = AREAS.map((area) => `${area}:*`);

/** A scope, or all of an area: `people:*`. */
export function isScope(text: string): boolean {
  return (SCOPES as readonly string[]).includes(text) || ALL_SCOPES.includes(text);
}

/** The scopes a text stands for; none for an unknown one. */
function meantBy(text: string): readonly Scope[] {
  return SCOPES.filter((scope) => scope === text || text === `${areaOf(scope)}:*`);
}

export function allows(granted: readonly string[], scope: Scope): boolean {
  return granted.some((text) => meantBy(text).includes(scope));
}

/** Those of `wanted` that go beyond `granted`: nobody hands on more than they have. */
export function beyond(granted: readonly string[], wanted: readonly string[]): readonly string[] {
  return wanted.filter((text) => !meantBy(text).every((scope) => allows(granted, scope)));
}
