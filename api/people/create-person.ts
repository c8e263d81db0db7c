import { randomBytes } from 'node:crypto';
import { domainOf } from '../../shared/domain/naming/address-limits.ts';
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
import { assertPassword, assertReferences } from './check-person.ts';
import { assertTargets } from './check-targets.ts';
import { createAccounts } from './create-accounts.ts';
import { namePerson, releaseNewcomer } from './name-person.ts';
import { personCreation, type PersonCreation } from './person-fields.ts';
import { personView } from './person-view.ts';
import { personOr404 } from './update-person.ts';

const GENERATED_BYTES = 18;
/** An attempt this young may still answer, with a password of its own. */
const STILL_RUNNING_MS = 10_000;

/**
 * Creates a person with an account that is usable at once. Names are claimed first, the account is made next and the
 * person last, so that a list never shows somebody without an account; repeated with the same key it goes on where it
 * stopped. A generated password is shown in this answer and nowhere else.
 */
export async function createPerson(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(personCreation, call.body);
  const { orgId } = call.actor;
  const organisation = await organisationOf(context, orgId);
  assertAddresses(organisation, wanted);
  assertTargets(context, wanted.targets);
  await assertReferences(context, orgId, wanted);
  if (wanted.password !== undefined) assertPassword(wanted.password, wanted);
  const options = { required: false, subjectId: newId('per'), withoutSecrets: withoutPassword };
  return idempotently(context, call, options, async (attempt) => {
    assertAlone(attempt, wanted, context.now());
    try {
      return await carryOut(context, call, { organisation, wanted, attempt });
    } catch (error) {
      if (error instanceof Problem) await releaseNewcomer(context, orgId, attempt.subjectId);
      throw error;
    }
  });
}

interface Creation {
  readonly organisation: Organisation;
  readonly wanted: PersonCreation;
  readonly attempt: Attempt;
}

async function carryOut(context: ApiContext, call: Call, creation: Creation): Promise<Answer> {
  const { organisation, wanted, attempt } = creation;
  const { orgId, ownerId: actorId } = call.actor;
  const { subjectId: id, earlierSinceMs } = attempt;
  const newcomer = { id, accountId: accountIdOf(id), repeated: earlierSinceMs !== undefined };
  const { address, made } = await namePerson(context, organisation, wanted, newcomer);
  if (wanted.password !== undefined) assertPassword(wanted.password, { ...wanted, address });
  const wantedPerson = personOf(orgId, wanted, { id, address, createdAtMs: context.now() });
  const generated =
    wanted.password === undefined ? randomBytes(GENERATED_BYTES).toString('base64url') : undefined;
  const account = await createAccounts(context, wantedPerson, wanted.password ?? generated ?? '', attempt);
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
  return {
    status: 201,
    headers: { Location: `/v1/people/${person.id}`, ETag: etagOf(person.rev) },
    body: {
      ...personView(person),
      ...(made === undefined ? {} : { naming: madeAddressView(organisation, made) }),
      warnings: conventionWarnings(context, organisation, wanted),
      ...(generated === undefined ? {} : { generatedPassword: generated }),
    },
  };
}

/** The person of an earlier attempt stays as it is. */
async function insertOnce(context: ApiContext, person: Person): Promise<Person> {
  const { people } = context.repositories;
  if ((await people.insert(person)) === 'inserted') return person;
  return personOr404(context, person.orgId, person.id);
}

/** Two attempts at once would make two passwords, of which one is shown in vain, or two addresses. */
function assertAlone(attempt: Attempt, wanted: PersonCreation, nowMs: number): void {
  const { earlierSinceMs } = attempt;
  const { password, address } = wanted;
  if (earlierSinceMs === undefined || (password !== undefined && address !== undefined)) return;
  if (nowMs - earlierSinceMs < STILL_RUNNING_MS)
    throw new Problem('CONCURRENT_CHANGE', { headers: { 'Retry-After': String(STILL_RUNNING_MS / 1000) } });
}

const accountIdOf = (personId: string): string => personId.replace(/^per_/u, 'acc_');

function personOf(
  orgId: string,
  wanted: PersonCreation,
  own: Pick<Person, 'id' | 'address' | 'createdAtMs'>,
): Person {
  const { password: _password, onTaken: _onTaken, targets, externalId, managerId, ...rest } = wanted;
  const { department, timeZone, country, locale, privateContact, ...required } = rest;
  return {
    ...required,
    ...own,
    orgId,
    rev: 0,
    generation: 1,
    status: 'active',
    domain: domainOf(own.address),
    accounts: targets.map((target) => ({ target, accountId: accountIdOf(own.id) })),
    ...(externalId === undefined ? {} : { externalId }),
    ...(managerId === undefined ? {} : { managerId }),
    ...(department === undefined ? {} : { department }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(country === undefined ? {} : { country }),
    ...(locale === undefined ? {} : { locale }),
    ...(privateContact === undefined ? {} : { privateContact }),
  };
}

function withoutPassword(answer: Answer): Answer {
  const { generatedPassword: _password, ...body } = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body };
}
