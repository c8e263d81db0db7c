import { Crash } from './crashing-store.ts';

/** Members of an object whose calls write something. */
interface Writer {
  readonly object: object;
  readonly writes: readonly string[];
}

export interface CrashingWrites {
  /** `true`: it came to the n-th write, and the process died. */
  died(): boolean;
  restore(): void;
}

/**
 * Lets a process die at its n-th write (from 1): `before`, nothing of it happens; `after`, it happens and nobody hears of it. No
 * later write happens.
 */
export function crashAt(
  nthWrite: number,
  when: 'before' | 'after',
  writers: readonly Writer[],
): CrashingWrites {
  let writes = 0;
  const originals = writers.flatMap(({ object, writes: names }) =>
    names.map((name) => ({ object, name, original: Reflect.get(object, name) as () => Promise<unknown> })),
  );
  for (const { object, name, original } of originals) {
    const crashing = async (...given: readonly unknown[]): Promise<unknown> => {
      writes += 1;
      const late = writes === nthWrite && when === 'after';
      if (writes >= nthWrite && !late) throw new Crash('killed');
      const answer: unknown = await Reflect.apply(original, object, given);
      if (late) throw new Crash('killed');
      return answer;
    };
    Reflect.set(object, name, crashing);
  }
  return {
    died: () => writes >= nthWrite,
    restore() {
      for (const { object, name, original } of originals) Reflect.set(object, name, original);
    },
  };
}
