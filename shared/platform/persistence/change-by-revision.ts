import { untilFirst } from './compare-and-set.ts';

/** Something stored with a revision, that is changed by what it is at that moment. */
export interface Changing<T, Changes> {
  /** For the error. */
  readonly what: string;
  read(): Promise<T | undefined>;
  /** `undefined`: it is left as it is. */
  decide(current: T): Changes | undefined;
  /** `undefined` when somebody else was first. */
  write(current: T, changes: Changes): Promise<T | undefined>;
  /** How it stood a moment ago, so that it need not be read where nobody was quicker. */
  readonly known?: T | undefined;
}

/** Gives how it stands then. */
export function changeByRevision<T, Changes>(changing: Changing<T, Changes>): Promise<T> {
  let last = changing.known;
  return untilFirst(changing.what, async () => {
    const current = last ?? (await changing.read());
    last = undefined;
    if (current === undefined) throw new Error(`there is no such thing: ${changing.what}`);
    const changes = changing.decide(current);
    return changes === undefined ? current : changing.write(current, changes);
  });
}
