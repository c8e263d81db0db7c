import { guardLimit, GUARD_WINDOW_MS, raises, type GuardLimits } from '../../shared/domain/guard.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { GuardProposal } from '../../shared/platform/persistence/guard-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { utc } from '../http/instants.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from './organisation-of.ts';

/** How many more accounts may be taken away now, and what it depends on. */
export async function showGuard(context: ApiContext, { actor }: Call): Promise<Answer> {
  const { guardLimits } = await organisationOf(context, actor.orgId);
  const { admitted, proposal } = await context.repositories.guards.get(actor.orgId, context.now());
  const [oldest] = admitted;
  return {
    status: 200,
    body: {
      limits: guardLimits,
      limit: await currentLimit(context, actor.orgId, guardLimits),
      used: admitted.length,
      ...(oldest === undefined ? {} : { nextPlaceAt: utc(oldest.atMs + GUARD_WINDOW_MS) }),
      ...(proposal === undefined ? {} : { proposal: proposalView(proposal) }),
    },
  };
}

/** Takes a place for a case that will take an account away. Every trigger of such a case passes here. */
export async function passGuard(
  context: ApiContext,
  { id: orgId, guardLimits }: Organisation,
  caseId: string,
): Promise<'admitted' | 'held'> {
  const limit = await currentLimit(context, orgId, guardLimits);
  return context.repositories.guards.admit(orgId, caseId, context.now(), limit);
}

/** How many more cases would be admitted now. */
export async function placesLeft(
  context: ApiContext,
  { id: orgId, guardLimits }: Organisation,
): Promise<number> {
  const { admitted } = await context.repositories.guards.get(orgId, context.now());
  return Math.max((await currentLimit(context, orgId, guardLimits)) - admitted.length, 0);
}

async function currentLimit(context: ApiContext, orgId: string, limits: GuardLimits): Promise<number> {
  return guardLimit(limits, await context.repositories.people.countWorking(orgId));
}

/**
 * One person may lower the limits. Raising them takes two: the first request becomes a proposal, kept for a day, and the same
 * limits asked for by somebody else are the confirmation. `undefined`: the limits may be written. Writes nothing itself.
 */
export async function proposalFor(
  context: ApiContext,
  call: Call,
  before: GuardLimits,
  wanted: GuardLimits,
): Promise<GuardProposal | undefined> {
  const { orgId, ownerId } = call.actor;
  const { guards } = context.repositories;
  if (!raises(before, wanted)) return undefined;
  const atMs = context.now();
  const { proposal } = await guards.get(orgId, atMs);
  if (proposal !== undefined && sameLimits(proposal.limits, wanted)) {
    if (proposal.proposedBy === ownerId) throw new Problem('GUARD_SECOND_PERSON_NEEDED');
    return undefined;
  }
  return { limits: wanted, proposedBy: ownerId, atMs };
}

export function proposalView({ limits, proposedBy, atMs }: GuardProposal) {
  return { limits, proposedBy, proposedAt: utc(atMs) };
}

function sameLimits(a: GuardLimits, b: GuardLimits): boolean {
  return a.floor === b.floor && a.sharePercent === b.sharePercent && a.ceiling === b.ceiling;
}
