import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiContext } from '../../../api/api-context.ts';
import { createDecisionDesk } from '../../../api/reviews/desk/create-decision-desk.ts';
import type { Directory } from '../../../directory/directory.ts';
import { isOfKind } from '../../../shared/domain/case-record.ts';
import type { DecidedWhat, Decision } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { aFinding, aReview, decided } from '../../support/findings.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let first: TestApi;
let personId: string;
beforeAll(async () => {
  first = await startTestApi();
});
beforeEach(async () => {
  api = await first.anotherOrganisation();
  personId = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver' });
});
afterAll(() => first.close());

const desk = (more: Partial<ApiContext> = {}) => createDecisionDesk({ ...api.context, ...more });
const finding = (what: DecidedWhat, more: Partial<Finding> = {}, decision: Partial<Decision> = {}): Finding =>
  aFinding(aReview(api.orgId), { personId, ...decided(what, decision), ...more });
const accountRef = async () => (await api.repositories.people.get(api.orgId, personId))!.accounts[0]!;
const account = async () => api.directory.getAccount(api.orgId, (await accountRef()).accountId);
const casesOf = (id = personId) => api.repositories.cases.list(api.orgId, { personId: id, limit: 10 });

describe('an account that is to be disabled', () => {
  test('is given a leave that begins at once and says nothing to senders, by whoever decided', async () => {
    const found = finding({ kind: 'disable' });
    const outcome = await desk().carryOut(found);
    const [record] = await casesOf();
    expect(outcome).toEqual({ kind: 'started', caseId: record?.id });
    expect(record).toMatchObject({
      ...{ kind: 'leave', requestedBy: 'own_decider', engine: 'started' },
      request: { reason: 'leave', note: expect.stringContaining(found.reviewId) as unknown },
    });
    expect(record?.request).not.toHaveProperty('autoReply');
    expect(record?.request).not.toHaveProperty('returnDay');
  });

  test('is given one leave, however often it is carried out', async () => {
    const found = finding({ kind: 'disable' });
    const outcomes = [await desk().carryOut(found), await desk().carryOut(found)];
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(await casesOf()).toHaveLength(1);
  });

  test('is given one leave where the database was lost in the middle', async () => {
    const found = finding({ kind: 'disable' });
    const { idempotency } = api.repositories;
    const losing = { ...idempotency, finish: () => Promise.reject(new StoreUnavailable('lost')) };
    const repositories = { ...api.repositories, idempotency: losing };
    await expect(desk({ repositories }).carryOut(found)).rejects.toThrow(StoreUnavailable);
    const [record] = await casesOf();
    expect(await desk().carryOut(found)).toEqual({ kind: 'started', caseId: record?.id });
    expect(await casesOf()).toHaveLength(1);
  });

  test('counts towards the limit of accounts a day, and is held over it', async () => {
    api = await first.anotherOrganisation({ guardLimits: { floor: 1, sharePercent: 1, ceiling: 1 } });
    const held: (boolean | undefined)[] = [];
    for (const name of ['One', 'Two']) {
      personId = await createTestPerson(api, { firstName: name });
      await desk().carryOut(finding({ kind: 'disable' }));
      held.push((await casesOf())[0]?.guardHeld);
    }
    expect(held).toEqual([undefined, true]);
  });

  test('is refused as the API refuses it, and nothing is left of it', async () => {
    const refused = async (found: Finding) => (await desk().carryOut(found)) as { readonly code?: string };
    const own = finding({ kind: 'disable' }, {}, { by: { ...deciderOf(personId), scopes: ['cases:*'] } });
    expect(await refused(own)).toEqual({ kind: 'refused', code: 'SELF_DEPARTURE' });
    const without = finding({ kind: 'disable' }, {}, { by: { ...deciderOf(), scopes: ['people:*'] } });
    expect(await refused(without)).toEqual({ kind: 'refused', code: 'SCOPE_MISSING' });
    const nobody = aFinding(aReview(api.orgId), decided({ kind: 'disable' }));
    expect(await refused(nobody)).toEqual({ kind: 'refused', code: 'PERSON_UNKNOWN' });
    expect(await casesOf()).toEqual([]);
    await api.request('POST', '/v1/departures', { personId, lastDay: '2027-06-30', reason: 'moves on' });
    expect(await refused(finding({ kind: 'disable' }))).toEqual({
      kind: 'refused',
      code: 'DEPARTURE_EXISTS',
    });
  });
});

test('a departure has the last day that was decided, or is urgent', async () => {
  await desk().carryOut(finding({ kind: 'start_departure', lastDay: '2027-03-31' }));
  const dated = (await casesOf())[0]!;
  expect(dated).toMatchObject({
    ...{ kind: 'departure', requestedBy: 'own_decider' },
    request: { lastDay: '2027-03-31', urgent: false, reason: 'not needed any more' },
  });
  personId = await createTestPerson(api);
  await desk().carryOut(finding({ kind: 'start_departure' }));
  const urgent = (await casesOf())[0]!;
  expect(urgent.request).toMatchObject({ urgent: true });
});

test('a long reason is one short line on the case, whatever it is cut through', async () => {
  const reason = `left in spring,\nwas told\t${'😀'.repeat(100)}`;
  await desk().carryOut(finding({ kind: 'start_departure' }, {}, { reason }));
  const request = (await casesOf())[0]!.request as { readonly reason: string };
  expect(request.reason).toMatch(/^left in spring, was told 😀+…$/u);
  expect(request.reason.length).toBeLessThanOrEqual(200);
});

test('a deletion needs the name as it is by then', async () => {
  const other = finding({ kind: 'start_deletion', typedName: 'Lea Keeper' });
  expect(await desk().carryOut(other)).toEqual({ kind: 'refused', code: 'NAME_MISMATCH' });
  const outcome = await desk().carryOut(finding({ kind: 'start_deletion', typedName: 'Lea Leaver' }));
  const record = (await casesOf())[0]!;
  expect(outcome).toEqual({ kind: 'started', caseId: record.id });
  expect(isOfKind(record, 'deletion')).toBe(true);
});

test('a role is proven at once, also where that is asked again; the last administrator keeps it', async () => {
  const give = (role: 'administrator' | 'user') => finding({ kind: 'change_role', role });
  await createTestPerson(api, { accountRole: 'administrator' });
  const promoted = give('administrator');
  for (let tried = 0; tried < 2; tried += 1) {
    expect(await desk().carryOut(promoted)).toEqual({ kind: 'proven' });
    expect(await account()).toMatchObject({ role: 'administrator' });
  }
  expect(await desk().carryOut(give('administrator'))).toEqual({ kind: 'refused', code: 'ROLE_HELD' });
  const { body } = await api.request('GET', `/v1/people/${personId}/changes`);
  expect(body['items']).toMatchObject([{ actorId: 'own_decider', changed: [{ field: 'accountRole' }] }]);
  const weak = finding({ kind: 'change_role', role: 'user' }, {}, { by: { ...deciderOf(), scopes: [] } });
  expect(await desk().carryOut(weak)).toEqual({ kind: 'refused', code: 'SCOPE_MISSING' });
});

test('an alias is taken away and rests; one that is gone is not found', async () => {
  const alias = `post${personId.slice(-8).toLowerCase()}@harbour.example`;
  await api.request('POST', `/v1/people/${personId}/aliases`, { alias });
  const found = finding({ kind: 'remove_alias' }, { about: alias });
  expect(await desk().carryOut(found)).toEqual({ kind: 'proven' });
  expect((await account())?.aliases).toEqual([]);
  const other = await createTestPerson(api);
  const taken = await api.request('POST', `/v1/people/${other}/aliases`, { alias });
  expect(taken.body['code']).toBe('ADDRESS_QUARANTINED');
  const again = finding({ kind: 'remove_alias' }, { about: alias });
  expect(await desk().carryOut(again)).toEqual({ kind: 'refused', code: 'ALIAS_NOT_FOUND' });
});

test('waits where somebody else is changing the same person', async () => {
  const { people } = api.repositories;
  const openChange = {
    id: 'chg',
    actorId: 'own_other',
    atMs: api.clock.nowMs,
    direction: 'forward',
  } as const;
  await people.update(api.orgId, personId, 0, { openChange: { ...openChange, before: {}, after: {} } });
  const found = finding({ kind: 'change_role', role: 'administrator' });
  expect(await desk().carryOut(found)).toEqual({ kind: 'later' });
  expect(await account()).toMatchObject({ role: 'user' });
});

describe('a redirect', () => {
  const to = 'elsewhere@outside.example';
  const redirected = (more: Partial<Finding> = {}) =>
    finding({ kind: 'remove_redirect' }, { about: to, ...more });
  const redirect = async (where = to) => {
    await api.directory.setRedirect(api.orgId, (await accountRef()).accountId, { to: where, keepCopy: true });
  };

  test('is taken away, read back, and entered as a change of the person', async () => {
    await redirect();
    const found = redirected({ account: await accountRef() });
    expect(await desk().carryOut(found)).toEqual({ kind: 'proven' });
    expect(await account()).not.toHaveProperty('redirect');
    const { body } = await api.request('GET', `/v1/people/${personId}/changes`);
    expect(body['items']).toMatchObject([
      { actorId: 'own_decider', changed: [{ field: 'redirect', before: to, after: null }] },
    ]);
  });

  test('is not taken away a second time, where somebody set it again', async () => {
    await redirect();
    const found = redirected({ account: await accountRef() });
    await desk().carryOut(found);
    await redirect();
    expect(await desk().carryOut(found)).toEqual({ kind: 'proven' });
    expect(await account()).toMatchObject({ redirect: { to } });
  });

  test('stays where it leads elsewhere by now', async () => {
    await redirect('colleague@harbour.example');
    expect(await desk().carryOut(redirected({ account: await accountRef() }))).toEqual({ kind: 'proven' });
    expect(await account()).toMatchObject({ redirect: { to: 'colleague@harbour.example' } });
  });

  test('and a forward of the owner to the same address are two things', async () => {
    const ref = await accountRef();
    await redirect();
    for (const where of [to, 'kept@outside.example'])
      await api.directory.addForward(api.orgId, ref.accountId, { to: where, keepCopy: true });
    expect(await desk().carryOut(redirected({ account: ref }))).toEqual({ kind: 'proven' });
    expect((await account())?.forwards).toHaveLength(2);
    await redirect();
    const forward = redirected({ account: ref, evidence: { kind: 'forward' } });
    expect(await desk().carryOut(forward)).toEqual({ kind: 'proven' });
    expect(await account()).toMatchObject({
      ...{ redirect: { to }, forwards: [{ to: 'kept@outside.example', keepCopy: true }] },
    });
  });

  test('is not said to be gone before another connection says so', async () => {
    await redirect();
    const ref = await accountRef();
    const before = await account();
    const lying = { ...api.directory, getAccount: () => Promise.resolve(before) } as Directory;
    const readings = { ...api.context.readings, [ref.target]: lying };
    const outcome = await desk({ readings }).carryOut(redirected({ account: ref }));
    expect(outcome).toEqual({ kind: 'refused', code: 'CHANGE_NOT_PROVEN' });
    const { body } = await api.request('GET', `/v1/people/${personId}/changes`);
    expect(body['items']).toEqual([]);
  });

  test('of an open case is that case’s', async () => {
    api = await first.anotherOrganisation({ country: 'DE' });
    personId = await createTestPerson(api);
    const colleague = await createTestPerson(api);
    const asked = await api.request('POST', '/v1/departures', {
      ...{ personId, lastDay: '2027-06-30', reason: 'moves on' },
      redirect: { toPersonId: colleague, reason: 'customers write there' },
    });
    expect(asked.status).toBe(202);
    await redirect();
    const outcome = await desk().carryOut(redirected({ account: await accountRef() }));
    expect(outcome).toEqual({ kind: 'refused', code: 'CASE_EXISTS' });
    expect(await account()).toMatchObject({ redirect: { to } });
  });
});

test('an auto-reply is ended, also of an account without a person; its text is in no list', async () => {
  const ref = await accountRef();
  const reply = { subject: 'Away', text: 'On the moon.', fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER };
  const call = { effectKey: 'by hand', asOfMs: 0 };
  for (const more of [{}, { personId: undefined }] as readonly Partial<Finding>[]) {
    await api.directory.setAutoReply(api.orgId, ref.accountId, reply, call);
    const { personId: whose, ...found } = finding({ kind: 'end_auto_reply' }, { account: ref });
    const known = 'personId' in more ? found : { ...found, personId: whose! };
    expect(await desk().carryOut(known)).toEqual({ kind: 'proven' });
    expect(await account()).not.toHaveProperty('autoReply');
  }
  const { body } = await api.request('GET', `/v1/people/${personId}/changes`);
  expect(body['items']).toMatchObject([{ changed: [{ field: 'autoReply', after: null }] }]);
  expect(JSON.stringify(body)).not.toContain('moon');
});

function deciderOf(id?: string): Decision['by'] {
  return { ownerId: 'own_decider', via: 'link', scopes: [], ...(id === undefined ? {} : { personId: id }) };
}
