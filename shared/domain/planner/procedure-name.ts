/**
 * `departure@2` ships with a release. `departure@2.3` is the third version that an organisation made for itself with the
 * steps of that release: no release will ever give such a name, and of two names it is plain which is newer.
 */
interface ProcedureVersion {
  readonly release: number;
  /** 0: ships with the release. */
  readonly own: number;
}

const NAME = /^departure@([1-9]\d{0,4})(?:\.([1-9]\d{0,4}))?$/u;

export function isProcedureName(name: string): boolean {
  return NAME.test(name);
}

function versionOf(name: string): ProcedureVersion {
  const [, release, own = '0'] = NAME.exec(name) ?? [];
  if (release === undefined) throw new Error(`${name} is not the name of a procedure`);
  return { release: Number(release), own: Number(own) };
}

/** The version that ships with the release whose steps a version has: its own name, or the one it was made from. */
export function releaseOf(name: string): string {
  return `departure@${versionOf(name).release}`;
}

/** The name of the next version an organisation makes when `name` is the newest there is. */
export function nextOwnName(name: string): string {
  const { release, own } = versionOf(name);
  return `departure@${release}.${own + 1}`;
}

/** Sorts as the versions do, from old to new. Also a cursor: it has no character that needs escaping in an address. */
export function procedurePosition(name: string): string {
  const { release, own } = versionOf(name);
  return [release, own].map((part) => String(part).padStart(5, '0')).join('-');
}

/** Whatever an organisation makes of a release is newer than the release, and older than the next one. */
export function isNewerProcedure(name: string, than: string): boolean {
  return procedurePosition(name) > procedurePosition(than);
}
