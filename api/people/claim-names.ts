import { isOfKind } from '../../shared/domain/case-record.ts';
import { addressClaimId, externalIdClaimId } from '../../shared/domain/ids.ts';
import type { Claim } from '../../shared/platform/persistence/claim-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { openCaseOf } from '../cases/open-case-of.ts';
import { Problem, type ProblemCode } from '../http/problem.ts';

export interface WantedName {
  readonly claimId: string;
  readonly taken: ProblemCode;
  readonly field: string;
}

export function wantedAddress(orgId: string, address: string, field: string): WantedName {
  return { claimId: addressClaimId(orgId, address), taken: 'ADDRESS_TAKEN', field };
}

export function wantedExternalId(orgId: string, externalId: string): WantedName {
  return { claimId: externalIdClaimId(orgId, externalId), taken: 'EXTERNAL_ID_TAKEN', field: '/externalId' };
}

/**
 * Takes all names for a person, or none: those taken by this call are given back before the refusal. Repeating it for the
 * same person takes nothing new.
 */
export async function claimNames(
  context: ApiContext,
  orgId: string,
  personId: string,
  names: readonly WantedName[],
): Promise<readonly WantedName[]> {
  const taken: WantedName[] = [];
  for (const name of names) {
    const result = await context.repositories.claims.take(name.claimId, orgId, personId, context.now());
    if (result.kind === 'taken') taken.push(name);
    if (result.kind !== 'held') continue;
    await releaseNames(context, orgId, personId, taken);
    throw await refusalOf(context, orgId, name, result.holderId);
  }
  return taken;
}

/** Refuses what `claimNames` would refuse, and takes nothing. */
export async function assertNamesFree(
  context: ApiContext,
  orgId: string,
  names: readonly WantedName[],
): Promise<void> {
  for (const name of names) {
    const claim = await context.repositories.claims.get(name.claimId, orgId);
    if (isHeld(claim, context.now())) throw await refusalOf(context, orgId, name, claim.holderId);
  }
}

/** A quarantine that is over holds nothing any more. */
export function isHeld(claim: Claim | undefined, nowMs: number): claim is Claim {
  return (
    claim !== undefined && (claim.state === 'held' || claim.untilMs === undefined || claim.untilMs > nowMs)
  );
}

export async function releaseNames(
  context: ApiContext,
  orgId: string,
  personId: string,
  names: readonly WantedName[],
): Promise<void> {
  for (const { claimId } of names) await context.repositories.claims.release(claimId, orgId, personId);
}

async function refusalOf(
  context: ApiContext,
  orgId: string,
  name: WantedName,
  personId: string,
): Promise<Problem> {
  if (name.taken === 'EXTERNAL_ID_TAKEN') {
    const known = await leaverOf(context, orgId, personId);
    if (known !== undefined) return new Problem('PERSON_KNOWN', { field: name.field, members: known });
  }
  const claim = await context.repositories.claims.get(name.claimId, orgId);
  const code =
    claim?.state === 'quarantined' && name.taken === 'ADDRESS_TAKEN' ? 'ADDRESS_QUARANTINED' : name.taken;
  return new Problem(code, { field: name.field, members: { personId } });
}

/** Somebody who leaves or left is brought back, not made a second time: who it is, and by which call. */
async function leaverOf(context: ApiContext, orgId: string, personId: string) {
  const person = await context.repositories.people.get(orgId, personId);
  if (person === undefined) return undefined;
  const open = await openCaseOf(context, person);
  // Whose case was not written yet is in somebody's hands: nobody is offered anything.
  const isGoing = open !== undefined && isOfKind(open, 'departure', 'deletion');
  if (!isGoing && person.status !== 'departed') return undefined;
  return {
    personId,
    personStatus: person.status,
    ...(open?.kind === 'departure' ? { departureId: open.id } : {}),
    offer: `POST /v1/people/${personId}/rehire`,
  };
}
