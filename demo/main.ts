import { parseArgs } from 'node:util';
import { ACTIVITY_KINDS, type ActivityKind } from '../shared/domain/step-kinds.ts';
import { startDemoEngine } from './demo-engine.ts';
import { createFacts } from './facts.ts';
import { tellStory } from './story.ts';

/* Entry of `npm run demo`. Exit code 0: every fact was right; 1: a fact was wrong, or `--break` left a step red as it must; 2: wrong arguments. */

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function brokenKind(): ActivityKind | undefined {
  const { values } = parseArgs({ options: { break: { type: 'string' } } });
  if (values.break === undefined) return undefined;
  const kind = ACTIVITY_KINDS.find((one) => one === values.break);
  if (kind === undefined) throw new RangeError(`--break takes one of ${ACTIVITY_KINDS.join(', ')}.`);
  return kind;
}

async function run(broken: ActivityKind | undefined): Promise<number> {
  const startedAt = performance.now();
  print('Starting a private engine whose clock can be moved …');
  const engine = await startDemoEngine(broken);
  const facts = createFacts(print);
  try {
    const end = await tellStory(engine, facts, print);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(`\nThe case ended as "${end.state}", ${facts.wrong} facts were wrong, in ${seconds} s.`);
    if (broken !== undefined)
      print(
        `The target of ${broken} was broken: ${end.state === 'needs_attention' ? 'the case waits for a person, and nothing was reported done.' : 'the case did NOT say so.'}`,
      );
    return end.state === 'completed' && facts.wrong === 0 ? 0 : 1;
  } finally {
    await engine.stop();
  }
}

try {
  process.exitCode = await run(brokenKind());
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof RangeError || (error instanceof TypeError && 'code' in error) ? 2 : 1;
}
