const ends = new Map<string, Promise<unknown>>();

/**
 * Carries out what is asked for under one key one after the other, within this process: a thousand who want the same name at
 * once would each try all numbers before theirs in vain. Between processes the claims decide.
 */
export async function inLine<T>(key: string, run: () => Promise<T>): Promise<T> {
  const before = ends.get(key);
  const mine = before === undefined ? run() : before.then(run, run);
  ends.set(key, mine);
  try {
    return await mine;
  } finally {
    if (ends.get(key) === mine) ends.delete(key);
  }
}
