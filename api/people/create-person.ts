import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { etagOf } from '../http/etag.ts';
import { idempotently, type Attempt } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { madeAddressView } from '../naming/address-view.ts';
import { conventionWarnings } from '../naming/convention-warnings.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertAddresses } from './check-addresses.ts';
import { assertEndsOn } from './check-ends-on.ts';
import { assertReferences } from './check-person.ts';
import { assertTargets } from './check-targets.ts';
import { createAccounts } from './create-accounts.ts';
import { wantedCredentials, type WantedCredentials } from './credentials/credentials-fields.ts';
import {
  assertCredentials,
  earlierWelcome,
  firstPassword,
  giveCredentials,
  showsSecret,
  withoutSecrets,
} from './credentials/give-credentials.ts';
import { namePerson, releaseNewcomer } from './name-person.ts';
import { accountIdOf, newPerson } from './new-person.ts';
import { personCreation, type PersonCreation } from './person-fields.ts';
import { personView } from './person-view.ts';
import { personOr404 } from './person-or-404.ts';

/** An attempt this young may still answer, with a secret of its own. */
const STILL_RUNNING_MS = 10_000;

/**
 * Creates a person with an account that is usable at once. Names are claimed first, the account is made next and the
 * person last, so that a list never shows somebody without an account; repeated with the same key it goes on where it
 * stopped. A secret is shown in this answer and nowhere else, and the answer comes when it was proven to let the person in.
 */
export async function createPerson(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(personCreation, call.body);
  const { orgId } = call.actor;
  const organisation = await organisationOf(context, orgId);
  assertAddresses(organisation, wanted);
  assertTargets(context, wanted.targets);
  await assertReferences(context, orgId, wanted);
  assertEndsOn(context, wanted.endsOn, { timeZone: wanted.timeZone ?? organisation.timeZone });
  const credentials = wantedCredentials(wanted);
  assertCredentials(credentials, wanted, organisation);
  const options = { required: false, subjectId: newId('per'), withoutSecrets };
  return idempotently(context, call, options, async (attempt) => {
    const makesNothing = wanted.address !== undefined && !showsSecret(credentials);
    if (!makesNothing) assertAlone(attempt, context.now());
    try {
      return await carryOut(context, call, { organisation, wanted, credentials, attempt });
    } catch (error) {
      if (error instanceof Problem) await releaseNewcomer(context, orgId, attempt.subjectId);
      throw error;
    }
  });
}

interface Creation {
  readonly organisation: Organisation;
  readonly wanted: PersonCreation;
  readonly credentials: WantedCredentials;
  readonly attempt: Attempt;
}

async function carryOut(context: ApiContext, call: Call, creation: Creation): Promise<Answer> {
  const { organisation, wanted, credentials, attempt } = creation;
  const { orgId, ownerId: actorId } = call.actor;
  const { subjectId: id, earlierSinceMs } = attempt;
  const newcomer = { id, accountId: accountIdOf(id), repeated: earlierSinceMs !== undefined };
  const { address, made } = await namePerson(context, organisation, wanted, newcomer);
  assertCredentials(credentials, { ...wanted, address }, organisation);
  const own = { id, address, createdAtMs: context.now(), protected: wanted.protected } as const;
  const wantedPerson = newPerson(orgId, wanted, { ...own, status: 'active' });
  const welcome = await earlierWelcome(context, credentials, wantedPerson);
  const password = firstPassword(credentials);
  const account = await createAccounts(
    context,
    wantedPerson,
    { password, isKept: welcome !== undefined },
    attempt,
  );
  if (account === 'address_taken') throw new Problem('ADDRESS_TAKEN', { field: '/address' });
  const person = await insertOnce(context, wantedPerson);
  const entry = {
    orgId,
    personId: person.id,
    actorId,
    action: 'person.created',
    atMs: context.now(),
    detail: {},
  };
  await context.repositories.audit.append({ ...entry, id: auditId(orgId, 'person.created', person.id) });
  const first = { password, welcome, actorId };
  const given = await giveCredentials(context, person, credentials, first);
  return {
    status: 201,
    headers: { Location: `/v1/people/${person.id}`, ETag: etagOf(person.rev) },
    body: {
      ...personView(person),
      ...(made === undefined ? {} : { naming: madeAddressView(organisation, made) }),
      warnings: conventionWarnings(context, organisation, wanted),
      ...given,
    },
  };
}

/** The person of an earlier attempt stays as it is. */
export async function insertOnce(context: ApiContext, person: Person): Promise<Person> {
  const { people } = context.repositories;
  if ((await people.insert(person)) === 'inserted') return person;
  return personOr404(context, person.orgId, person.id);
}

/** Two attempts at once could make two secrets, of which one is shown in vain, or two addresses. */
export function assertAlone({ earlierSinceMs }: Attempt, nowMs: number): void {
  if (earlierSinceMs !== undefined && nowMs - earlierSinceMs < STILL_RUNNING_MS)
    throw new Problem('CONCURRENT_CHANGE', { headers: { 'Retry-After': String(STILL_RUNNING_MS / 1000) } });
}
