import type { CaseRecord } from '../domain/case-record.ts';
import { OPEN_CASE_STATES } from '../domain/case-states.ts';
import { ITSELF } from '../domain/ids.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { CaseRepository } from './persistence/case-repository.ts';
import { everyPage } from './persistence/every-page.ts';
import type { CaseEngine } from './temporal/case-engine.ts';

const PAGE = 200;
const AT_ONCE = 8;

/**
 * Has every open case know whether its organisation is frozen, and gives how many were told. A case that knows is not told
 * again. Throws when the engine does not answer; repeating it goes on where it stopped.
 */
export async function tellFreeze(
  cases: Pick<CaseRepository, 'list'>,
  engine: Pick<CaseEngine, 'command'>,
  { id: orgId, rev, frozen }: Organisation,
): Promise<number> {
  const wanted = frozen !== undefined;
  let told = 0;
  for (const state of OPEN_CASE_STATES) {
    for await (const page of everyPage(PAGE, (range) => cases.list(orgId, { states: [state], ...range }))) {
      const unaware = page.filter((one) => (one.frozen === true) !== wanted && one.engine === 'started');
      for (let at = 0; at < unaware.length; at += AT_ONCE)
        await Promise.all(unaware.slice(at, at + AT_ONCE).map((one) => tell(engine, one, wanted, rev)));
      told += unaware.length;
    }
  }
  return told;
}

async function tell(
  engine: Pick<CaseEngine, 'command'>,
  { id, workflowId }: CaseRecord,
  wanted: boolean,
  rev: number,
): Promise<void> {
  const name = wanted ? 'freezeCase' : 'unfreezeCase';
  const outcome = await engine.command(workflowId, name, { actorId: ITSELF }, `${name}:${id}:${rev}`);
  if (outcome.kind === 'unavailable') throw new Error('the engine did not take the word of the freeze');
}
