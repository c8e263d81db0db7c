import type { DirectoryStore } from '../../directory/store/directory-store.ts';

export class Crash extends Error {
  override readonly name = 'Crash';
}

const WRITES: ReadonlySet<string> = new Set(['insert', 'replace', 'remove', 'removeAll']);

/**
 * A store whose process dies at its n-th write (from 1): that write and everything after it never happens. `died` tells
 * whether it came to that.
 */
export function createCrashingStore(
  store: DirectoryStore,
  nthWrite: number,
): { readonly store: DirectoryStore; died(): boolean } {
  let writes = 0;
  const crashing = <T extends object>(collection: T): T =>
    new Proxy(collection, {
      get(target, key): unknown {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          if (WRITES.has(String(key))) writes += 1;
          if (writes >= nthWrite) return Promise.reject(new Crash('killed'));
          return Reflect.apply(member, target, given);
        };
      },
    });
  const { accounts, addresses, redirects, messages, outgoing, answered, effects } = store;
  const { files, calendars, meetings, contacts } = store;
  return {
    store: {
      accounts: crashing(accounts),
      addresses: crashing(addresses),
      redirects: crashing(redirects),
      messages: crashing(messages),
      outgoing: crashing(outgoing),
      answered: crashing(answered),
      effects: crashing(effects),
      files: crashing(files),
      calendars: crashing(calendars),
      meetings: crashing(meetings),
      contacts: crashing(contacts),
      prepare: () => store.prepare(),
    },
    died: () => writes >= nthWrite,
  };
}
