import { everyPage } from '../../../shared/platform/persistence/every-page.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { keepDoing } from '../../keep-doing.ts';
import { inLine } from '../../naming/in-line.ts';
import { STILL_RUNNING_MS } from './change-person.ts';
import { isChanging, settleChange } from './settle-change.ts';

const EVERY_MS = 10_000;
const AT_ONCE = 100;

/**
 * Brings changes to their end that nobody goes on with: whoever asked died with them, or a target did not answer. Nobody need send
 * the request again.
 */
export function keepSettlingChanges(context: ApiContext): () => Promise<void> {
  return keepDoing(context, {
    everyMs: EVERY_MS,
    failure: 'changes that were left half done could not be looked for',
    turn: (isStopped) => settleLeftChanges(context, isStopped),
  });
}

async function settleLeftChanges(context: ApiContext, isStopped: () => boolean): Promise<void> {
  const { organisations } = context.repositories;
  for await (const page of everyPage(AT_ONCE, (range) => organisations.list(range)))
    for (const { id } of page) await settleLeftOf(context, id, isStopped);
}

/** Those of one organisation; gives how many came to their end. One that does not keeps no other from it. */
export async function settleLeftOf(
  context: ApiContext,
  orgId: string,
  isStopped: () => boolean = () => false,
): Promise<number> {
  const begunUntilMs = context.now() - STILL_RUNNING_MS;
  let settled = 0;
  for (const left of await context.repositories.people.listChanging(orgId, begunUntilMs, AT_ONCE))
    if (!isStopped() && (await settleLeft(context, left))) settled += 1;
  return settled;
}

async function settleLeft(context: ApiContext, { orgId, id: personId }: Person): Promise<boolean> {
  const where = { orgId, personId };
  try {
    return await inLine(`change ${orgId} ${personId}`, async () => {
      const person = await context.repositories.people.get(orgId, personId);
      if (person === undefined || !isChanging(person)) return false;
      const refused = await settleChange(context, person);
      const outcome = refused?.code ?? 'done';
      context.logger.info({ ...where, outcome }, 'a change that was left half done was taken up');
      return outcome !== 'CHANGE_UNSETTLED';
    });
  } catch (error) {
    context.logger.warn({ ...where, err: error }, 'a change that was left half done could not be taken up');
    return false;
  }
}
