import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly name: string;
  /** Another stage, or an image. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of our Dockerfile: of its language what we use of it. */
export function readDockerfile(): readonly Stage[] {
  const text = readFileSync(join(packageRoot, 'Dockerfile'), 'utf8');
  const lines = text.replace(/\\\n\s*/g, '').split('\n');
  const args: Record<string, string> = {};
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  for (const line of lines.filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [, base = '', name = ''] = /^(\S+)(?: AS (\w+))?$/.exec(rest) ?? [];
      stages.push({
        name,
        base: base.replace(/\$\{(\w+)\}/, (_, arg: string) => args[arg] ?? ''),
        instructions: [],
      });
    } else if (word === 'ARG') {
      const [key = '', value = ''] = rest.split('=');
      args[key] = value;
    } else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

export function stageNamed(name: string): Stage {
  const stage = readDockerfile().find((one) => one.name === name);
  if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
  return stage;
}

/** Of the stage and of those it is made from, in their order. */
export function instructionsOf(name: string): readonly Instruction[] {
  const { base, instructions } = stageNamed(name);
  const isStage = readDockerfile().some((stage) => stage.name === base);
  return [...(isStage ? instructionsOf(base) : []), ...instructions];
}

export function environmentOf(name: string): Readonly<Record<string, string>> {
  const assignments = instructionsOf(name)
    .filter(({ word }) => word === 'ENV')
    .flatMap(({ rest }) => rest.split(/\s+/));
  return Object.fromEntries(assignments.map((one) => [one.split('=')[0] ?? '', one.split('=')[1] ?? '']));
}

/** `CMD`, or the command of `HEALTHCHECK`, in the form that needs no shell. */
export function commandOf(name: string, word: 'CMD' | 'HEALTHCHECK'): readonly string[] {
  const rest = instructionsOf(name).findLast((instruction) => instruction.word === word)?.rest ?? '';
  return JSON.parse(rest.replace(/^.*CMD\s+/, '')) as readonly string[];
}
