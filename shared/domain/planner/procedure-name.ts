import type { CaseKind } from '../case-states.ts';

/**
 * `departure@2` ships with a release. `departure@2.3` is the third version that an organisation made for itself with the
 * steps of that release: no release will ever give such a name, and of two names of a kind it is plain which is newer.
 */
interface ProcedureVersion {
  readonly kind: CaseKind;
  readonly release: number;
  /** 0: ships with the release. */
  readonly own: number;
}

const WORDS: Readonly<Record<CaseKind, string>> = {
  onboarding: 'onboarding',
  role_change: 'role-change',
  leave: 'leave',
  departure: 'departure',
  deletion: 'deletion',
};
const KINDS = Object.keys(WORDS) as readonly CaseKind[];
const NAME = /^([a-z]+(?:-[a-z]+)?)@([1-9]\d{0,4})(?:\.([1-9]\d{0,4}))?$/u;

function parsed(name: string): ProcedureVersion | undefined {
  const [, word, release, own = '0'] = NAME.exec(name) ?? [];
  const kind = KINDS.find((one) => WORDS[one] === word);
  return kind === undefined ? undefined : { kind, release: Number(release), own: Number(own) };
}

export function isProcedureName(name: string): boolean {
  return parsed(name) !== undefined;
}

export function caseKindOfProcedure(name: string): CaseKind | undefined {
  return parsed(name)?.kind;
}

function versionOf(name: string): ProcedureVersion {
  const version = parsed(name);
  if (version === undefined) throw new Error(`${name} is not the name of a procedure`);
  return version;
}

/** The version that ships with the release whose steps a version has: its own name, or the one it was made from. */
export function releaseOf(name: string): string {
  const { kind, release } = versionOf(name);
  return `${WORDS[kind]}@${release}`;
}

/** The name of the next version an organisation makes when `name` is the newest there is. */
export function nextOwnName(name: string): string {
  const { kind, release, own } = versionOf(name);
  return `${WORDS[kind]}@${release}.${own + 1}`;
}

/** Sorts as the versions of a kind do, from old to new. Also a cursor: it has no character that needs escaping in an address. */
export function procedurePosition(name: string): string {
  const { kind, release, own } = versionOf(name);
  return `${beginningOf(kind)}${[release, own].map((part) => String(part).padStart(5, '0')).join('-')}`;
}

/** What the positions of a kind begin with. Those of departures are older than the other kinds, and begin with their number. */
function beginningOf(kind: CaseKind): string {
  return kind === 'departure' ? '' : `${WORDS[kind]}-`;
}

/** Every position of a kind lies between these. */
export function positionsOf(kind: CaseKind): { readonly first: string; readonly last: string } {
  return { first: `${beginningOf(kind)}0`, last: `${beginningOf(kind)}:` };
}

/** Whatever an organisation makes of a release is newer than the release, and older than the next one. */
export function isNewerProcedure(name: string, than: string): boolean {
  return versionOf(name).kind === versionOf(than).kind && procedurePosition(name) > procedurePosition(than);
}
