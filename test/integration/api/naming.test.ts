import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressClaimId } from '../../../shared/domain/ids.ts';
import { CONVENTIONS } from '../../../shared/domain/naming/naming-rule.ts';
import { NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ organisation: { domains: ['harbour.example', 'quay.example'] } });
});
afterAll(() => api.close());

let count = 0;
/** A last name nobody else has. */
const freshName = (): string => {
  count += 1;
  return `Byron${String.fromCharCode(97 + Math.floor(count / 26), 97 + (count % 26))}`;
};
const create = (fields: Json, idempotencyKey?: string) =>
  api.request('POST', '/v1/people', fields, idempotencyKey === undefined ? {} : { idempotencyKey });
const preview = (fields: Json) => api.request('POST', '/v1/naming/preview', fields);
const setNaming = (naming: Json) => api.request('PATCH', '/v1/organisation', { naming });
const countClaims = async () =>
  (await api.repositories.database.connection.collection('claims').find({ orgId: api.orgId }).toArray())
    .length;
const quarantine = (address: string, untilMs = NOW_MS + 1) =>
  api.repositories.claims.quarantine(addressClaimId(api.orgId, address), api.orgId, 'per_gone', untilMs);

test('makes the address of the names, says why, and the account takes a sign-in with it', async () => {
  const credentials = { kind: 'manual' };
  const made = await create({ firstName: 'Jürgen', lastName: 'von Weiß', locale: 'de', credentials });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ address: 'juergen.vonweiss@harbour.example', domain: 'harbour.example' });
  expect(made.body['naming']).toEqual({
    address: 'juergen.vonweiss@harbour.example',
    ...{ convention: 'first.last', onCollision: 'number', by: 'convention' },
    ...{ why: 'The convention gives it.', passedOver: [], passedOverCount: 0 },
  });
  expect(made.body['warnings']).toEqual([]);
  const secret = made.body['generatedPassword'];
  const signIn = { address: 'juergen.vonweiss@harbour.example', secret };
  expect((await api.request('POST', '/v1/directory/sign-in', signIn)).body['result']).toBe('signed_in');
});

test('makes it in the domain that is asked for, else in the one the organisation names', async () => {
  const lastName = freshName();
  const asked = await create({ firstName: 'Ada', lastName, domain: 'quay.example' });
  expect(asked.body['address']).toBe(`ada.${lastName.toLowerCase()}@quay.example`);
  await setNaming({ convention: 'first.last', onCollision: 'number', domain: 'quay.example' });
  const named = await create({ firstName: 'Bea', lastName });
  await setNaming({ convention: 'first.last', onCollision: 'number' });
  expect(named.body['address']).toBe(`bea.${lastName.toLowerCase()}@quay.example`);
});

test('passes over what belongs to somebody, as address or alias, rests in quarantine, or is served', async () => {
  const lastName = freshName();
  const name = lastName.toLowerCase();
  const at = (local: string) => `${local}@harbour.example`;
  const owner = await create({ firstName: 'Ada', lastName, aliases: [at(`ada.${name}2`)] });
  await quarantine(at(`ada.${name}3`));
  await api.directory.createAccount(api.orgId, {
    ...{ id: `acc_machine${name}`, firstName: 'Ma', lastName: 'Chine', address: at(`ada.${name}4`) },
    ...{ quotaBytes: 1, service: true },
  });
  const expected = {
    address: at(`ada.${name}5`),
    ...{ convention: 'first.last', onCollision: 'number', by: 'number' },
    why: 'Nothing before it could be had: the lowest number that is free stands behind the names.',
    passedOver: [
      [`ada.${name}`, 'convention', 'TAKEN', 'It belongs to somebody, as address or as alias.'],
      [`ada.${name}2`, 'number', 'TAKEN', 'It belongs to somebody, as address or as alias.'],
      [
        ...[`ada.${name}3`, 'number', 'QUARANTINED'],
        'It belonged to somebody who left, and is not given away yet.',
      ],
      [`ada.${name}4`, 'number', 'SERVED', 'A target receives mail for it already.'],
    ].map(([local = '', by, code, why]) => ({ address: at(local), by, code, why })),
    passedOverCount: 4,
  };
  const before = await countClaims();
  expect((await preview({ firstName: 'Ada', lastName })).body).toEqual(expected);
  expect(await countClaims()).toBe(before);
  const second = await create({ firstName: 'Ada', lastName });
  expect(second.body['naming']).toEqual(expected);
  expect(await countClaims()).toBe(before + 1);

  const refused = await create({ firstName: 'Ada', lastName, onTaken: 'refuse' });
  expect(refused.body).toMatchObject({
    ...{ status: 409, code: 'ADDRESS_TAKEN', field: '/address' },
    ...{ address: at(`ada.${name}`), personId: owner.body['id'] },
  });
  expect(await countClaims()).toBe(before + 1);
});

test('gives an address out of quarantine when that is over, and refuses it before where asked to', async () => {
  const lastName = freshName();
  await quarantine(`ada.${lastName.toLowerCase()}@harbour.example`);
  const body = { firstName: 'Ada', lastName, onTaken: 'refuse' };
  expect((await create(body)).body).toMatchObject({ status: 409, code: 'ADDRESS_QUARANTINED' });
  api.clock.nowMs = NOW_MS + 1;
  expect((await create(body)).status).toBe(201);
  api.clock.nowMs = NOW_MS;
});

test.each<[Json, readonly string[]]>([
  [{ convention: 'f.last', onCollision: 'number' }, ['a.NAME', 'a.NAME2', 'a.NAME3']],
  [{ convention: 'first.last', onCollision: 'f.lastname' }, ['ada.NAME', 'a.NAME', 'ada.NAME2']],
  [{ convention: 'first.last', onCollision: 'middle_initial' }, ['ada.NAME', 'ada.m.NAME', 'ada.NAME2']],
])('follows the organisation: %j', async (naming, expected) => {
  const lastName = freshName();
  await setNaming(naming);
  const addresses: unknown[] = [];
  for (let person = 0; person < expected.length; person += 1)
    addresses.push((await create({ firstName: 'Ada Maria', lastName })).body['address']);
  await setNaming({ convention: 'first.last', onCollision: 'number' });
  expect(addresses).toEqual(
    expected.map((local) => `${local.replace('NAME', lastName.toLowerCase())}@harbour.example`),
  );
});

test('gives a reserved name to nobody, and to an administrator as an alias', async () => {
  const lastName = 'Master';
  const otherwise = await create({ firstName: 'Post', lastName });
  expect(otherwise.body['naming']).toMatchObject({
    address: 'p.master@harbour.example',
    by: 'other_form',
    passedOver: [{ address: 'post.master@harbour.example', code: 'RESERVED' }],
  });
  const refused = async (fields: Json) => {
    const { body } = await create({ firstName: 'Ada', lastName: freshName(), ...fields });
    return [body['code'], body['field']];
  };
  const reserved = (field: string) => ['ADDRESS_RESERVED', field];
  expect(await refused({ firstName: 'Post', lastName, onTaken: 'refuse' })).toEqual(reserved('/address'));
  expect(await refused({ address: 'abuse@harbour.example' })).toEqual(reserved('/address'));
  expect(await refused({ address: 'no-reply2@harbour.example', accountRole: 'administrator' })).toEqual(
    reserved('/address'),
  );
  expect(await refused({ aliases: ['admin@harbour.example'] })).toEqual(reserved('/aliases/0'));
  const administrator = await create({
    ...{ firstName: 'Ada', lastName: freshName(), accountRole: 'administrator' },
    aliases: ['postmaster@harbour.example'],
  });
  expect(administrator.status).toBe(201);
});

describe('an address that is given', () => {
  test('is taken although it breaks the convention, with a warning', async () => {
    const lastName = freshName();
    const made = await create({ firstName: 'Ada', lastName, address: 'countess@quay.example' });
    expect(made.body).not.toHaveProperty('naming');
    expect([made.status, made.body['warnings']]).toEqual([
      201,
      [
        {
          ...{ code: 'CONVENTION_NOT_FOLLOWED', field: '/address' },
          detail: 'The address is not one that the convention of the organisation makes of these names.',
          expected: `ada.${lastName.toLowerCase()}@quay.example`,
        },
      ],
    ]);
  });

  test('is taken without a warning where the names could have made it, or make none', async () => {
    const lastName = freshName();
    const name = lastName.toLowerCase();
    const warnings = async (fields: Json) => (await create(fields)).body['warnings'];
    const ada = { firstName: 'Ada', lastName };
    expect(await warnings({ ...ada, address: `ada.${name}@harbour.example` })).toEqual([]);
    expect(await warnings({ ...ada, address: `ADA.${name}7@harbour.example` })).toEqual([]);
    expect(await warnings({ firstName: '😀', lastName, address: `smile.${name}@harbour.example` })).toEqual(
      [],
    );
  });
});

test('the same key gives the same address, whatever became free since', async () => {
  const lastName = freshName();
  const address = `ada.${lastName.toLowerCase()}@harbour.example`;
  const claimId = addressClaimId(api.orgId, address);
  await api.repositories.claims.take(claimId, api.orgId, 'per_other', NOW_MS);
  const body = { firstName: 'Ada', lastName, credentials: { kind: 'manual' } };
  const first = await create(body, `naming-${lastName}`);
  await api.repositories.claims.release(claimId, api.orgId, 'per_other');
  const { generatedPassword, ...shown } = first.body;
  expect(generatedPassword).toBeDefined();
  expect((await create(body, `naming-${lastName}`)).body).toEqual(shown);
  expect(shown).toMatchObject({ address: address.replace('@', '2@'), naming: { by: 'number' } });
});

test('says how addresses are made, with the rule in force and examples the code worked out', async () => {
  const { body } = await api.request('GET', '/v1/naming');
  expect(body['inForce']).toEqual({
    ...{ convention: 'first.last', onCollision: 'number', domain: 'harbour.example' },
  });
  const conventions = body['conventions'] as { readonly name: string; readonly example: Json }[];
  expect(conventions.map(({ name, example }) => [name, example['localPart']])).toEqual([
    ...[['first.last', 'ada.lovelace'] as const, ['f.last', 'a.lovelace'] as const],
    ...[['first', 'ada'] as const, ['last.first', 'lovelace.ada'] as const],
    ['firstlast', 'adalovelace'],
  ]);
  for (const { name, example } of conventions) {
    const { localPart, ...names } = example;
    await setNaming({ convention: name, onCollision: 'number' });
    const shown = await preview(names);
    expect(shown.body['address']).toBe(`${String(localPart)}@harbour.example`);
  }
  await setNaming({ convention: 'first.last', onCollision: 'number' });
  expect(conventions).toHaveLength(CONVENTIONS.length);
  expect(body['reserved']).toMatchObject({ names: expect.arrayContaining(['postmaster', 'abuse', 'admin']) });
  expect(body['limits']).toMatchObject({ localPartOctets: 64, addressOctets: 254 });
});

describe('the organisation', () => {
  test('names people as `first.last` with a number until it says otherwise, in one revision', async () => {
    const own = await startTestApi({ organisation: { domains: ['harbour.example', 'quay.example'] } });
    const before = await own.request('GET', '/v1/organisation');
    expect(before.body['naming']).toEqual({ convention: 'first.last', onCollision: 'number' });
    expect(before.headers.get('etag')).toBe('"0"');
    await own.request('GET', '/v1/naming');
    await own.request('POST', '/v1/people', { firstName: 'Ada', lastName: 'Byron' });
    expect((await own.request('GET', '/v1/organisation')).headers.get('etag')).toBe('"0"');
    const naming = { convention: 'f.last', onCollision: 'middle_initial', domain: 'quay.example' };
    const changed = await own.request('PATCH', '/v1/organisation', { naming });
    expect([changed.headers.get('etag'), changed.body['naming']]).toEqual(['"1"', naming]);
    const outdated = await own.request(
      'PATCH',
      '/v1/organisation',
      { naming },
      { headers: { 'If-Match': '"0"' } },
    );
    expect(outdated.body['code']).toBe('PRECONDITION_FAILED');

    const refused = async (body: Json) => {
      const reply = await own.request('PATCH', '/v1/organisation', body);
      return [reply.body['code'], reply.body['field'], reply.body['domain']];
    };
    const gone = ['DOMAIN_UNKNOWN', '/naming/domain', 'quay.example'];
    expect(await refused({ domains: ['harbour.example'] })).toEqual(gone);
    expect(await refused({ naming: { ...naming, domain: 'else.example' } })).toEqual([
      ...['DOMAIN_UNKNOWN', '/naming/domain', 'else.example'],
    ]);
    expect((await refused({ naming: { ...naming, convention: 'nick' } }))[1]).toBe('/naming/convention');
    expect((await refused({ naming: { convention: 'first' } }))[1]).toBe('/naming/onCollision');
    expect((await own.request('GET', '/v1/organisation')).headers.get('etag')).toBe('"1"');
    await own.close();
  });
});
