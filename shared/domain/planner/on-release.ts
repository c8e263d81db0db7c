import type { StepKind } from '../step-kinds.ts';
import { releaseOf } from './procedure-name.ts';

interface Version {
  readonly name: string;
  /** Kinds of step that this version does not have. */
  readonly leavesOut: readonly StepKind[];
}

/**
 * What an organisation's own version says, on what its release says: a kind of step, or a number, that came with a later
 * release changes nothing in it. Throws for the name of a release that never shipped.
 */
export function onRelease<Procedure extends Version>(
  shipped: readonly Procedure[],
  name: string,
  template: Partial<Procedure> & Pick<Procedure, 'leavesOut'>,
): Procedure {
  const release = releaseNamed(shipped, releaseOf(name));
  // The version's own come first: what is wrong with one is told by its place.
  const leavesOut = [...new Set([...template.leavesOut, ...release.leavesOut])];
  return { ...release, ...template, name, leavesOut };
}

/** A version that ships. Throws for a name that never was one. */
export function releaseNamed<Procedure extends Version>(
  shipped: readonly Procedure[],
  name: string,
): Procedure {
  const found = shipped.find((procedure) => procedure.name === name);
  if (found === undefined) throw new Error(`there is no procedure ${name}`);
  return found;
}
