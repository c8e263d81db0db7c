import type { Connection } from 'mongoose';

/** What a process died of. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Everything the driver writes with. */
const WRITES = [
  ...['insertOne', 'insertMany', 'updateOne', 'updateMany', 'replaceOne', 'deleteOne', 'deleteMany'],
  ...['findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete', 'bulkWrite'],
];

/** Somebody outside to whom the process writes: each call is one write, and what they write themselves is theirs. */
export interface Outsider {
  readonly name: string;
  readonly object: object;
  readonly calls: readonly string[];
}

export interface DyingProcess {
  /** What was written, in order: `people.insertOne`. */
  readonly written: readonly string[];
  readonly died: boolean;
  /** Another process stands in its place. */
  restart(): void;
}

/** One write: what is written with, as in `people.insertOne`, and what it was given. */
export interface Write {
  readonly name: string;
  readonly given: readonly unknown[];
}

type Method = (...given: unknown[]) => Promise<unknown>;

/**
 * Lets a process die right after one of its writes, whatever it writes through on this connection: that one happens and nobody hears of
 * it, and no later one happens. `dies` sees what was written so far, and the last of it; without it the process lives, and its writes
 * are told.
 */
export function dyingProcess(
  connection: Connection,
  dies: (written: readonly string[], last: Write) => boolean = () => false,
  outsiders: readonly Outsider[] = [],
): DyingProcess {
  const written: string[] = [];
  const restorers: (() => void)[] = [];
  let died = false;
  let isOutside = false;

  function replace(object: object, key: string, name: string, carryOut: (original: Method) => Method): void {
    const original = Reflect.get(object, key) as Method;
    const isOwn = Object.hasOwn(object, key);
    const dying: Method = async (...given) => {
      if (isOutside) return original.apply(object, given);
      if (died) throw new Crash('killed');
      written.push(name);
      died = dies(written, { name, given });
      const isLast = died;
      const answer = await carryOut(original).apply(object, given);
      if (isLast) throw new Crash('killed');
      return answer;
    };
    Reflect.set(object, key, dying);
    restorers.push(() => (isOwn ? Reflect.set(object, key, original) : Reflect.deleteProperty(object, key)));
  }
  const outside = (original: Method): Method =>
    async function (this: object, ...given) {
      isOutside = true;
      try {
        return await original.apply(this, given);
      } finally {
        isOutside = false;
      }
    };

  for (const collection of Object.values(connection.collections))
    for (const key of WRITES)
      replace(collection, key, `${collection.collectionName}.${key}`, (original) => original);
  for (const { name, object, calls } of outsiders)
    for (const key of calls) replace(object, key, `${name}.${key}`, outside);

  return {
    written,
    get died() {
      return died;
    },
    restart() {
      for (const restore of restorers) restore();
    },
  };
}
