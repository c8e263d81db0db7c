import { randomBytes } from 'node:crypto';
import type { Person } from '../../shared/domain/person.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { etagOf } from '../http/etag.ts';
import { idempotently, type Attempt } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { directoryOf } from '../open-directories.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertPassword, assertReferences } from './check-person.ts';
import { claimNames, releaseNames, wantedAddress, wantedExternalId } from './claim-names.ts';
import { personCreation, type PersonCreation } from './person-fields.ts';
import { personView } from './person-view.ts';

const GENERATED_BYTES = 18;
/** An attempt this young may still answer, with a password of its own. */
const STILL_RUNNING_MS = 10_000;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * Creates a person with an account that is usable at once. Names are claimed first, the account is made next and the
 * person last, so that a list never shows somebody without an account; repeated with the same key it goes on where it
 * stopped. A generated password is shown in this answer and nowhere else.
 */
export async function createPerson(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(personCreation, call.body);
  const { orgId } = call.actor;
  await assertDomains(context, orgId, wanted);
  assertTargets(context, wanted);
  await assertReferences(context, orgId, wanted);
  if (wanted.password !== undefined) assertPassword(wanted.password, wanted);
  const options = { required: false, subjectId: newId('per'), withoutSecrets: withoutPassword };
  return idempotently(context, call, options, (attempt) => carryOut(context, call, wanted, attempt));
}

async function carryOut(
  context: ApiContext,
  call: Call,
  wanted: PersonCreation,
  attempt: Attempt,
): Promise<Answer> {
  const { orgId, ownerId: actorId } = call.actor;
  assertAlone(attempt, wanted, context.now());
  const person = personOf(orgId, wanted, attempt.subjectId, context.now());
  const names = [
    wantedAddress(orgId, wanted.address, '/address'),
    ...wanted.aliases.map((alias, index) => wantedAddress(orgId, alias, `/aliases/${index}`)),
    ...(wanted.externalId === undefined ? [] : [wantedExternalId(orgId, wanted.externalId)]),
  ];
  const taken = await claimNames(context, orgId, person.id, names);
  const generated =
    wanted.password === undefined ? randomBytes(GENERATED_BYTES).toString('base64url') : undefined;
  const account = await createAccounts(context, person, wanted.password ?? generated ?? '', attempt);
  if (account === 'address_taken') {
    await releaseNames(context, orgId, person.id, taken);
    throw new Problem('ADDRESS_TAKEN', { field: '/address' });
  }
  await context.repositories.people.insert(person);
  const id = auditId(orgId, 'person.created', person.id);
  const entry = {
    orgId,
    personId: person.id,
    actorId,
    action: 'person.created',
    atMs: context.now(),
    detail: {},
  };
  await context.repositories.audit.append({ ...entry, id });
  return {
    status: 201,
    headers: { Location: `/v1/people/${person.id}`, ETag: etagOf(person.rev) },
    body: { ...personView(person), ...(generated === undefined ? {} : { generatedPassword: generated }) },
  };
}

/** Two attempts at once would make two passwords, of which one is shown in vain. */
function assertAlone(attempt: Attempt, wanted: PersonCreation, nowMs: number): void {
  const { earlierSinceMs } = attempt;
  if (wanted.password !== undefined || earlierSinceMs === undefined) return;
  if (nowMs - earlierSinceMs < STILL_RUNNING_MS)
    throw new Problem('CONCURRENT_CHANGE', { headers: { 'Retry-After': String(STILL_RUNNING_MS / 1000) } });
}

/** Where an earlier attempt made the account, its password was shown to nobody: it is set to the one of this answer. */
async function createAccounts(
  context: ApiContext,
  person: Person,
  password: string,
  attempt: Attempt,
): Promise<'usable' | 'address_taken'> {
  const { orgId, firstName, lastName, address, aliases, quotaBytes, groups } = person;
  if (await addressServed(context, person)) return 'address_taken';
  for (const { target, accountId } of person.accounts) {
    const directory = directoryOf(context, target);
    const created = await directory.createAccount(orgId, {
      id: accountId,
      ...{ firstName, lastName, address, aliases, quotaBytes, groups },
      role: person.accountRole,
      password,
    });
    if (created.kind === 'refused') return 'address_taken';
    if (created.kind === 'already') {
      const call = { effectKey: `create:${attempt.updateId}`, asOfMs: context.now() };
      await directory.setPassword(orgId, accountId, password, call);
    }
  }
  return 'usable';
}

/** Asked of every target before the first account is made, so that none is left behind when a later one refuses. */
async function addressServed(context: ApiContext, person: Person): Promise<boolean> {
  for (const { target, accountId } of person.accounts) {
    for (const address of [person.address, ...person.aliases]) {
      const found = await directoryOf(context, target).findByAddress(person.orgId, address);
      if (found !== undefined && found.id !== accountId) return true;
    }
  }
  return false;
}

function personOf(orgId: string, wanted: PersonCreation, id: string, createdAtMs: number): Person {
  const { password: _password, targets, externalId, managerId, department, timeZone, ...rest } = wanted;
  const { country, locale, privateContact, ...required } = rest;
  return {
    ...required,
    id,
    orgId,
    rev: 0,
    generation: 1,
    status: 'active',
    domain: domainOf(wanted.address),
    accounts: targets.map((target) => ({ target, accountId: id.replace(/^per_/u, 'acc_') })),
    createdAtMs,
    ...(externalId === undefined ? {} : { externalId }),
    ...(managerId === undefined ? {} : { managerId }),
    ...(department === undefined ? {} : { department }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(country === undefined ? {} : { country }),
    ...(locale === undefined ? {} : { locale }),
    ...(privateContact === undefined ? {} : { privateContact }),
  };
}

async function assertDomains(context: ApiContext, orgId: string, wanted: PersonCreation): Promise<void> {
  const { domains } = await organisationOf(context, orgId);
  const addresses = [wanted.address, ...wanted.aliases];
  const index = addresses.findIndex((address) => !domains.includes(domainOf(address)));
  if (index === -1) return;
  throw new Problem('DOMAIN_UNKNOWN', { field: index === 0 ? '/address' : `/aliases/${index - 1}` });
}

function assertTargets(context: ApiContext, { targets }: PersonCreation): void {
  for (const [index, target] of targets.entries()) {
    const field = `/targets/${index}`;
    directoryOf(context, target, field);
    if (targets.indexOf(target) !== index)
      throw new Problem('INVALID_REQUEST', { field, detail: 'A target is named once.' });
  }
}

function withoutPassword(answer: Answer): Answer {
  const { generatedPassword: _password, ...body } = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body };
}
