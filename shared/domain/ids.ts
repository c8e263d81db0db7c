import type { CaseKind } from './case-states.ts';

/** Prefixes of the ids we give out: `<prefix>_<ulid>`. An id never holds a name, an address or a secret. */
export const ID_PREFIXES = {
  organisation: 'org',
  person: 'per',
  case: 'cas',
  apiKey: 'key',
  owner: 'own',
  account: 'acc',
  message: 'msg',
  import: 'imp',
  reviewDefinition: 'rvd',
  review: 'rvw',
  finding: 'fnd',
} as const;
export type IdPrefix = (typeof ID_PREFIXES)[keyof typeof ID_PREFIXES];

/** The workflow id of a case: what an administrator searches for in the Temporal UI. */
export function caseWorkflowId(kind: CaseKind, orgId: string, caseId: string): string {
  return `${kind}:${orgId}:${caseId}`;
}

/** Insert-only claim: at most one open case of a person. Freed when the case closes. */
export function openCaseClaimId(orgId: string, personId: string): string {
  return `open:${orgId}:${personId}`;
}

/** Insert-only claim: an address belongs to one person, and outlives the account for the quarantine. */
export function addressClaimId(orgId: string, address: string): string {
  return `addr:${orgId}:${address.toLowerCase()}`;
}

/** Which address a claim is of; `undefined`: it is of something else. */
export function addressOfClaim(orgId: string, claimId: string): string | undefined {
  const beginning = addressClaimId(orgId, '');
  return claimId.startsWith(beginning) ? claimId.slice(beginning.length) : undefined;
}

/** Insert-only claim: one person per external id. */
export function externalIdClaimId(orgId: string, externalId: string): string {
  return `ext:${orgId}:${externalId}`;
}

/** Insert-only claim: the person that an import made of somebody whom another installation exported under this id. */
export function exportedIdClaimId(orgId: string, exportedId: string): string {
  return `was:${orgId}:${exportedId}`;
}

/** Insert-only claim: the import that brought a file first. */
export function fileClaimId(orgId: string, sha256: string): string {
  return `file:${orgId}:${sha256}`;
}

/** Insert-only claim: one departure for each day on which somebody's time ends. Its holder is the case. */
export function endOfTimeClaimId(orgId: string, personId: string, endsOn: string): string {
  return `ends:${orgId}:${personId}:${endsOn}`;
}

/** The schedule of a definition, and what the ids of its workflows begin with. */
export function reviewScheduleId(orgId: string, definitionId: string): string {
  return `review:${orgId}:${definitionId}`;
}

/** Insert-only claim: one review of a definition at a time. Its holder is the review. */
export function openReviewClaimId(orgId: string, definitionId: string): string {
  return `review:${orgId}:${definitionId}`;
}

/** The effect of one round of one step: the id of its evidence, and the idempotency key that targets see. */
export function effectId(caseId: string, stepKey: string, round: number): string {
  return `eff:${caseId}:${stepKey}:${round}`;
}

/** As an actor, nobody's key: the engine acts by itself. */
export const ITSELF = 'own_gangway';
