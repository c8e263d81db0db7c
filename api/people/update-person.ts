import type { Person } from '../../shared/domain/person.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { PersonChanges } from '../../shared/platform/persistence/person-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { assertMeant, conditionOf, etagOf, type Condition } from '../http/etag.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { assertReferences } from './check-person.ts';
import { claimNames, releaseNames, wantedExternalId, type WantedName } from './claim-names.ts';
import { personChanges, type WantedPersonChanges } from './person-fields.ts';
import { personView } from './person-view.ts';

const MAX_ATTEMPTS = 5;

/**
 * Changes what is known of a person. A new external id is claimed before, and given back where the change is refused; the
 * old one is freed after the change.
 */
export async function updatePerson(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(personChanges, call.body);
  const condition = conditionOf(call);
  const { orgId, ownerId: actorId } = call.actor;
  const id = paramOf(call, 'id');
  const known = await personOr404(context, orgId, id);
  assertMeant(condition, known.rev);
  await assertReferences(context, orgId, wanted, id);
  const claimed =
    typeof wanted.externalId === 'string'
      ? await claimNames(context, orgId, id, [wantedExternalId(orgId, wanted.externalId)])
      : [];
  const { before, after } = await change(context, known, wanted, condition).catch(async (error: unknown) => {
    if (error instanceof Problem) await giveBack(context, known, wanted, claimed);
    throw error;
  });
  if (before.externalId !== undefined && before.externalId !== after.externalId)
    await releaseNames(context, orgId, id, [wantedExternalId(orgId, before.externalId)]);
  await context.repositories.audit.append({
    id: auditId(orgId, 'person.changed', id, String(after.rev)),
    orgId,
    personId: id,
    actorId,
    action: 'person.changed',
    atMs: context.now(),
    detail: { fields: Object.keys(wanted), rev: after.rev },
  });
  return { status: 200, headers: { ETag: etagOf(after.rev) }, body: personView(after) };
}

export async function personOr404(context: ApiContext, orgId: string, id: string): Promise<Person> {
  const person = await context.repositories.people.get(orgId, id);
  if (person === undefined) throw new Problem('PERSON_NOT_FOUND');
  return person;
}

/** Unless the person has the external id by now: another request gave it at the same moment, and counts on the claim. */
async function giveBack(
  context: ApiContext,
  { orgId, id }: Person,
  wanted: WantedPersonChanges,
  claimed: readonly WantedName[],
): Promise<void> {
  const { externalId } = await personOr404(context, orgId, id);
  if (externalId !== wanted.externalId) await releaseNames(context, orgId, id, claimed);
}

/** Each revision is compared in the write that replaces it. */
async function change(
  context: ApiContext,
  { orgId, id }: Person,
  wanted: WantedPersonChanges,
  condition: Condition | undefined,
): Promise<{ readonly before: Person; readonly after: Person }> {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const changes = Object.fromEntries(
    given.map(([field, value]) => [field, value ?? undefined]),
  ) as PersonChanges;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const before = await personOr404(context, orgId, id);
    assertMeant(condition, before.rev);
    const after = await context.repositories.people.update(orgId, id, before.rev, changes);
    if (after !== undefined) return { before, after };
  }
  throw new Problem('CONCURRENT_CHANGE');
}
