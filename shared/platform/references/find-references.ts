import type { CaseRecord } from '../../domain/case-record.ts';
import { isSettled } from '../../domain/case-states.ts';
import type { Organisation } from '../../domain/organisation.ts';
import type { Person } from '../../domain/person.ts';
import type { Reference } from '../../domain/reference.ts';
import { isHandoverStep } from '../../domain/planner/departure/handover.ts';
import type { Repositories } from '../persistence/create-repositories.ts';

const PAGE = 200;

/** Everything that points at a person at this moment: reports, roles in other people's open departures, notices. */
export async function findReferences(
  repositories: Pick<Repositories, 'people' | 'cases'>,
  organisation: Organisation,
  person: Person,
): Promise<readonly Reference[]> {
  const { orgId, id } = person;
  const reports = await all((after) => repositories.people.listReports(orgId, id, after, PAGE));
  const cases = await all((after) => repositories.cases.listNaming(orgId, id, after, PAGE));
  return [
    ...reports
      .filter(({ status }) => status !== 'departed')
      .map((report): Reference => ({ kind: 'report', holderId: report.id })),
    ...cases.filter(({ closedAtMs }) => closedAtMs === undefined).flatMap((one) => rolesIn(one, id)),
    ...(isNotified(organisation, person)
      ? [{ kind: 'notification' as const, holderId: organisation.id }]
      : []),
    ...(organisation.fallbackRecipientId === id
      ? [{ kind: 'fallback' as const, holderId: organisation.id }]
      : []),
  ];
}

function rolesIn(record: CaseRecord, personId: string): readonly Reference[] {
  const { id, request } = record;
  const { successorId, contactPersonId, redirect, handover } = request;
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

async function all<T extends { readonly id: string }>(
  page: (after: string | undefined) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (;;) {
    const next = await page(found.at(-1)?.id);
    found.push(...next);
    if (next.length < PAGE) return found;
  }
}
