import type { Person } from '../../shared/domain/person.ts';
import { openCaseClaimId } from '../../shared/domain/ids.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import type { ApiContext } from '../api-context.ts';
import { keepDoing } from '../keep-doing.ts';
import { releaseHeld } from '../people/name-person.ts';

const EVERY_MS = 60_000;
const PAGE = 100;
/** Whoever asked has this long to send the request again. */
const GIVEN_UP_AFTER_MS = 10 * 60_000;

/** Clears away people whose onboarding died before its case was written, and was not asked for again. */
export function keepClearingGivenUp(context: ApiContext): () => Promise<void> {
  return keepDoing(context, {
    everyMs: EVERY_MS,
    failure: 'onboardings that were given up could not be looked for',
    turn: (isStopped) => clearGivenUp(context, isStopped),
  });
}

/** One look at everybody who has not come yet. */
export async function clearGivenUp(context: ApiContext, isStopped: () => boolean): Promise<void> {
  const { organisations, people } = context.repositories;
  const status = 'joining';
  for await (const page of everyPage(PAGE, (range) => organisations.list(range)))
    for (const { id: orgId } of page)
      for await (const coming of everyPage(PAGE, (range) => people.list(orgId, { ...range, status })))
        for (const person of coming) {
          if (isStopped()) return;
          if (isOld(context, person)) await clear(context, person);
        }
}

const isOld = ({ now }: ApiContext, { createdAtMs }: Person): boolean =>
  now() - createdAtMs >= GIVEN_UP_AFTER_MS;

/**
 * A person is `joining` from before the case is written until it is closed: without a case there is nobody who brings them in.
 * Taken first is the place of the case, so that no repeated request writes it now. No account was made of the names.
 */
async function clear(context: ApiContext, { orgId, id, rev }: Person): Promise<void> {
  const { people, claims, cases } = context.repositories;
  const claimId = openCaseClaimId(orgId, id);
  const claim = await claims.get(claimId, orgId);
  if (claim !== undefined) {
    if ((await cases.get(orgId, claim.holderId)) !== undefined) return;
    await claims.release(claimId, orgId, claim.holderId);
  }
  const own = newId('cas');
  if ((await claims.take(claimId, orgId, own, context.now())).kind === 'held') return;
  await releaseHeld(context, orgId, id);
  await people.update(orgId, id, rev, {
    ...{ status: 'departed', accounts: [], externalId: undefined, endsOn: undefined },
  });
  await claims.release(claimId, orgId, own);
  context.logger.info({ orgId, personId: id }, 'an onboarding that came to nothing was cleared away');
}
