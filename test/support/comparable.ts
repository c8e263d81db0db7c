const ID = /[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}/gu;
/** Passwords that were made, hashes, tokens: of the same thing never the same twice. */
const RANDOM = /(?:[a-z2-9]{4}-){4}[a-z2-9]{4}|\$argon2[^"]*|gw_[a-z0-9]{8}|[0-9a-f]{64}|[\w-]{43}/gu;
/** In milliseconds, also with the zeros of a position before them, and in words. */
const INSTANT = /\b(?:00)?1[5-9]\d{11}\b|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/gu;

/**
 * What is stored, in words that are the same wherever the same was done: ids are counted, what is random and when it was is left out, and
 * so are these members.
 */
export function comparable(
  values: readonly unknown[],
  orgId: string,
  without: ReadonlySet<string>,
  { isOfOneClock = false }: { readonly isOfOneClock?: boolean } = {},
): readonly string[] {
  const texts = values.map((value) => JSON.stringify(value, inOrder(without)).replaceAll(orgId, 'ORG'));
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const id of new Set(texts.flatMap((text) => text.match(ID) ?? []).sort())) {
    const prefix = id.slice(0, 3);
    const nth = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, nth);
    names.set(id, `${prefix} ${nth}`);
  }
  return texts
    .map((text) => text.replace(ID, (id) => names.get(id) ?? id))
    .map((text) => text.replace(RANDOM, '…'))
    .map((text) => (isOfOneClock ? text : text.replace(INSTANT, '…')))
    .sort();
}

const inOrder = (without: ReadonlySet<string>) => (_key: string, value: unknown) =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => !without.has(key))
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
