import type { CaseRecord } from '../../domain/case-record.ts';
import { isSettled } from '../../domain/case-states.ts';
import type { Organisation } from '../../domain/organisation.ts';
import type { Person } from '../../domain/person.ts';
import { REFERENCE_KINDS, rolesOf, type Reference, type ReferenceKind } from '../../domain/reference.ts';
import { isHandoverStep } from '../../domain/planner/departure/handover.ts';
import type { Repositories } from '../persistence/create-repositories.ts';

const PAGE = 200;

type Reading = Pick<Repositories, 'people' | 'cases' | 'reviews'>;

/** Everything that points at a person at this moment: reports, roles in other people's open departures, the organisation. */
export function findReferences(
  repositories: Reading,
  organisation: Organisation,
  person: Person,
): Promise<readonly Reference[]> {
  return firstReferences(repositories, organisation, person, { limit: Infinity });
}

/**
 * The first of them in their order, from the one after `after`: reports, then cases, each in the order of their ids, then the
 * organisation, then definitions of reviews, the newest first.
 */
export async function firstReferences(
  repositories: Reading,
  organisation: Organisation,
  person: Person,
  { after, limit }: { readonly after?: Reference; readonly limit: number },
): Promise<readonly Reference[]> {
  const found: Reference[] = [];
  for await (const reference of referencesTo(repositories, organisation, person, after)) {
    found.push(reference);
    if (found.length >= limit) break;
  }
  return found;
}

async function* referencesTo(
  repositories: Reading,
  organisation: Organisation,
  person: Person,
  after: Reference | undefined,
): AsyncGenerator<Reference> {
  const { orgId, id } = person;
  const { people, cases } = repositories;
  const stage = after === undefined ? 'reports' : stageOf(after.kind);
  if (stage === 'reports') {
    const reports = each(after?.holderId, (from) => people.listReports(orgId, id, from, PAGE));
    for await (const report of reports)
      if (report.status !== 'departed') yield { kind: 'report', holderId: report.id };
  }
  const last = stage === 'cases' ? after : undefined;
  if (stage === 'reports' || stage === 'cases') {
    const theCase = last && (await cases.get(orgId, last.holderId));
    yield* (theCase === undefined ? [] : openRolesIn(theCase, id)).filter((role) => isAfter(role, last));
    for await (const one of each(last?.holderId, (from) => cases.listNaming(orgId, id, from, PAGE)))
      yield* openRolesIn(one, id);
  }
  const own = rolesOfOrganisation(organisation, person);
  if (stage === 'organisation') yield* own.filter((role) => isAfter(role, after));
  else if (stage !== 'reviews') yield* own;
  const lastDefinition = stage === 'reviews' ? after?.holderId : undefined;
  const definitions = each(lastDefinition, (from) =>
    repositories.reviews.listDefinitions(orgId, { after: from, limit: PAGE }),
  );
  for await (const { id: holderId, reviewers, removed } of definitions)
    if (removed === undefined && (reviewers.personId === id || reviewers.fallbackId === id))
      yield { kind: 'reviewer', holderId };
}

function stageOf(kind: ReferenceKind): 'reports' | 'cases' | 'organisation' | 'reviews' {
  if (kind === 'report') return 'reports';
  if (kind === 'reviewer') return 'reviews';
  return kind === 'notification' || kind === 'fallback' ? 'organisation' : 'cases';
}

/** Of two roles at one holder. */
function isAfter({ kind }: Reference, other: Reference | undefined): boolean {
  return other !== undefined && REFERENCE_KINDS.indexOf(kind) > REFERENCE_KINDS.indexOf(other.kind);
}

function rolesOfOrganisation(organisation: Organisation, person: Person): readonly Reference[] {
  const holderId = organisation.id;
  const isFallback = organisation.fallbackRecipientId === person.id;
  return [
    ...(isFallback ? [{ kind: 'fallback' as const, holderId }] : []),
    ...(isNotified(organisation, person) ? [{ kind: 'notification' as const, holderId }] : []),
  ];
}

/** Roles in a closed case are history. */
function openRolesIn(theCase: CaseRecord, personId: string): readonly Reference[] {
  return theCase.closedAtMs === undefined ? rolesIn(theCase, personId) : [];
}

function rolesIn(record: CaseRecord, personId: string): readonly Reference[] {
  const { id, request } = record;
  const { successorId, contactPersonId, redirect, handover } = rolesOf(request);
  const roles = {
    successor: successorId,
    contact: contactPersonId,
    redirect: redirect?.toPersonId,
    recipient: isHandingOver(record) ? handover?.recipientId : undefined,
  };
  return (['successor', 'contact', 'redirect', 'recipient'] as const)
    .filter((kind) => roles[kind] === personId)
    .map((kind) => ({ kind, holderId: id }));
}

function isHandingOver({ plan, steps }: CaseRecord): boolean {
  const keys = plan.steps.filter(({ kind }) => isHandoverStep(kind)).map(({ key }) => key);
  const settled = steps.filter(({ status }) => isSettled(status)).map(({ key }) => key);
  return keys.some((key) => !settled.includes(key));
}

function isNotified({ notificationAddresses }: Organisation, { address, aliases }: Person): boolean {
  return notificationAddresses.some((one) => one === address || aliases.includes(one));
}

async function* each<T extends { readonly id: string }>(
  after: string | undefined,
  read: (after: string | undefined) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  for (let from = after; ;) {
    const page = await read(from);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.id;
  }
}
