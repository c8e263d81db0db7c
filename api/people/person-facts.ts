import { isOfKind, type BriefCase } from '../../shared/domain/case-record.ts';
import { addressClaimId, openCaseClaimId } from '../../shared/domain/ids.ts';
import type { ActionSubject, OpenCase } from '../../shared/domain/people/action-subject.ts';
import { whyNotEnded, type LeaveEndRefusal } from '../../shared/domain/leave-end.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Claim } from '../../shared/platform/persistence/claim-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { isAbandoned } from '../cases/open-case.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import { stayingAdministrators } from './administrators.ts';

/** A person with all that decides what can be done to them. */
export interface PersonFacts extends ActionSubject {
  readonly person: Person;
  readonly openCase?: (OpenCase & { readonly record?: BriefCase | undefined }) | undefined;
}

type Reads = Pick<ApiContext, 'repositories' | 'now'>;

/** Of a whole page with the same few queries as of one person, in the order of the page. */
export async function factsOf(
  context: Reads,
  orgId: string,
  people: readonly Person[],
): Promise<readonly PersonFacts[]> {
  const { claims, cases } = context.repositories;
  const [claimed, staying] = await Promise.all([
    claims.getMany(people.flatMap(claimsOf), orgId),
    people.some(isAdministrator) ? stayingAdministrators(context, orgId) : [],
  ]);
  const caseIds = people.flatMap(({ id }) => claimed.get(openCaseClaimId(orgId, id))?.holderId ?? []);
  const records = new Map((await cases.getManyBriefly(orgId, caseIds)).map((one) => [one.id, one]));
  const leaves = await leavesGoingOn(context, [...records.values()]);
  return people.map((person) => ({
    person,
    openCase: openCaseOf(claimed.get(openCaseClaimId(orgId, person.id)), records),
    isLastAdministrator: isAdministrator(person) && staying.every((id) => id === person.id),
    leaveGoesOn: leaves.get(claimed.get(openCaseClaimId(orgId, person.id))?.holderId ?? ''),
    addressLost: lostTo(claimed.get(addressClaimId(orgId, person.address)), person, context.now()),
  }));
}

export async function factsOfOne(context: Reads, person: Person): Promise<PersonFacts> {
  const [facts] = await factsOf(context, person.orgId, [person]);
  if (facts === undefined) throw new Error('nothing is known of a person');
  return facts;
}

/** Leaves that cannot be ended now, and why. Of a page only few are away: each is looked at by itself. */
async function leavesGoingOn(
  context: Reads,
  records: readonly BriefCase[],
): Promise<ReadonlyMap<string, LeaveEndRefusal>> {
  const { cases } = context.repositories;
  const refused = records.map(async ({ id, orgId, kind, closedAtMs }) => {
    const record = kind === 'leave' && closedAtMs === undefined ? await cases.get(orgId, id) : undefined;
    if (record === undefined || !isOfKind(record, 'leave')) return [];
    const why = whyNotEnded(record, await startedKeysOf(context, record));
    return why === undefined ? [] : [[id, why] as const];
  });
  return new Map((await Promise.all(refused)).flat());
}

const isAdministrator = ({ accountRole }: Person): boolean => accountRole === 'administrator';

function claimsOf({ orgId, id, status, address }: Person): readonly string[] {
  const open = openCaseClaimId(orgId, id);
  return status === 'departed' ? [open, addressClaimId(orgId, address)] : [open];
}

function openCaseOf(
  claim: Claim | undefined,
  records: ReadonlyMap<string, BriefCase>,
): PersonFacts['openCase'] {
  if (claim === undefined) return undefined;
  const record = records.get(claim.holderId);
  return record === undefined && isAbandoned(claim.holderId) ? undefined : { id: claim.holderId, record };
}

/** A quarantine that is over keeps nobody out, and none keeps out whoever had the address. */
function lostTo(claim: Claim | undefined, { id }: Person, nowMs: number): ActionSubject['addressLost'] {
  if (claim === undefined || claim.holderId === id) return undefined;
  if (claim.state === 'held') return 'ADDRESS_TAKEN';
  return claim.untilMs !== undefined && claim.untilMs <= nowMs ? undefined : 'ADDRESS_QUARANTINED';
}
