import { expect } from '@jest/globals';
import { addressClaimId } from '../../shared/domain/ids.ts';
import { createTestPerson, startTestApi, type Json, type Reply, type TestApi } from './test-api.ts';

export const outcome = ({ status, body }: Reply): readonly unknown[] =>
  status < 300 ? [status] : [status, body['code'], ...(body['field'] === undefined ? [] : [body['field']])];

const TARGETS = ['directory', 'branch'];

/** An API of an organisation where nobody else is the last administrator. */
export async function startChangesApi(): Promise<TestApi> {
  const api = await startTestApi();
  await addAdministrator(api);
  return api;
}

export const addAdministrator = (api: TestApi): Promise<string> =>
  createTestPerson(api, { accountRole: 'administrator', address: 'grace@harbour.example' });

/** A person with accounts on two targets. */
export async function onTwoTargets(api: TestApi, fields: Json = {}): Promise<string> {
  const reply = await api.request('POST', '/v1/people', {
    ...{ firstName: 'Ada', lastName: 'Byron', targets: TARGETS, password: 'tide-and-lantern-7' },
    ...fields,
  });
  if (reply.status !== 201) throw new Error(`no person was made: ${JSON.stringify(reply.body)}`);
  return String(reply.body['id']);
}

/** The account as each target has it. */
export async function accountsOf(api: TestApi, personId: string): Promise<readonly Json[]> {
  const accounts = TARGETS.map((target) =>
    api.directories[target]!.getAccount(api.orgId, personId.replace('per_', 'acc_')),
  );
  return (await Promise.all(accounts)) as unknown as readonly Json[];
}

/** Whose the address is and whether it rests. */
export async function claimOn(api: TestApi, address: string): Promise<readonly unknown[]> {
  const claim = await api.repositories.claims.get(addressClaimId(api.orgId, address), api.orgId);
  return claim === undefined ? [] : [claim.holderId, claim.state];
}

/** Hands in a mail; gives where it went, or why not, on each target. */
export async function mailTo(api: TestApi, to: string, text = 'hello'): Promise<readonly unknown[]> {
  const replies: unknown[] = [];
  for (const target of TARGETS) {
    const mail = { target, from: 'x@out.example', to, subject: 'Hello', text };
    const { body } = await api.request('POST', '/v1/directory/deliver', mail);
    replies.push(body['accountId'] ?? body['code']);
  }
  return replies;
}

/** Nothing of a person is on its way: the document says what every target and every claim says. */
export async function assertSettled(api: TestApi, personId: string): Promise<Json> {
  const person = await api.repositories.people.get(api.orgId, personId);
  if (person === undefined) throw new Error('there is no such person');
  const { firstName, lastName, address, quotaBytes } = person;
  expect(person.openChange).toBeUndefined();
  for (const account of await accountsOf(api, personId)) {
    expect(account).toMatchObject({ firstName, lastName, address, quotaBytes, role: person.accountRole });
    expect([...(account['aliases'] as string[])].sort()).toEqual([...person.aliases].sort());
  }
  const held = await api.repositories.database.connection
    .collection('claims')
    .find({ orgId: api.orgId, holderId: personId, state: 'held' })
    .toArray();
  const ids = [address, ...person.aliases].map((one) => addressClaimId(api.orgId, one));
  const externalId = person.externalId === undefined ? [] : [`ext:${api.orgId}:${person.externalId}`];
  expect(held.map(({ _id }) => String(_id)).sort()).toEqual([...ids, ...externalId].sort());
  for (const target of TARGETS) {
    const addresses = await api.repositories.database.connection
      .collection(target === 'directory' ? 'dir_addresses' : `dir_${target}_addresses`)
      .find({ orgId: api.orgId, accountId: personId.replace('per_', 'acc_') })
      .toArray();
    expect(addresses.map(({ _id }) => String(_id)).sort()).toEqual(
      [address, ...person.aliases].map((one) => `${api.orgId}:${one}`).sort(),
    );
  }
  return person as unknown as Json;
}
