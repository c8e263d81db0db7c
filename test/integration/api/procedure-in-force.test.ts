import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  aLeaver,
  localOf,
  refusalOf,
  startProcedureApi,
  stepsOf,
  type ProcedureApi,
} from '../../support/procedures.ts';
import { createTestPerson, type Json } from '../../support/test-api.ts';

let api: ProcedureApi;
beforeEach(async () => {
  api = await startProcedureApi();
});
afterEach(() => api.close());

const simulate = (body: Json) => api.request('POST', '/v1/departures/simulation', body);

/** What is written of the steps and numbers, without who made the version. */
async function written(name: string): Promise<readonly string[]> {
  const lines = (await api.read(name, 'text/markdown')).text.split('\n');
  return lines.slice(lines.indexOf('## How to read it'));
}

test('one number in the template changes plan, document and simulation, and nothing else', async () => {
  const leaver = await aLeaver(api);
  const before = { simulation: stepsOf(await simulate(leaver)), document: await written('in-force') };
  await api.make({ archiveDay: 45 });
  expect(stepsOf(await simulate(leaver))).toEqual(before.simulation);
  const put = await api.putInForce('departure@2.1', 'departure@2');
  expect(put).toMatchObject({
    status: 200,
    body: { inForce: true, difference: { added: [], removed: [], moved: [{ key: 'archive-mailbox' }] } },
  });

  const simulation = stepsOf(await simulate(leaver));
  expect(localOf(before.simulation, 'archive-mailbox')).toBe('2027-03-30T17:30+02:00');
  expect(localOf(simulation, 'archive-mailbox')).toBe('2027-03-15T17:30+01:00');
  const others = (steps: typeof simulation) => steps.filter(({ key }) => key !== 'archive-mailbox');
  expect(others(simulation)).toEqual(others(before.simulation));

  const taken = await api.request('POST', '/v1/departures', leaver);
  expect(taken.body['plan']).toMatchObject({ procedure: 'departure@2.1' });
  expect(stepsOf(taken)).toEqual(simulation);

  const document = await written('in-force');
  expect(document).toHaveLength(before.document.length);
  const changed = document.flatMap((line, index) =>
    line === before.document[index] ? [] : [[before.document[index], line]],
  );
  expect(changed).toEqual([
    ['- **When:** day 60.', '- **When:** day 45.'],
    ['- **Archive:** day 60', '- **Archive:** day 45'],
  ]);
});

test('what a departure does not say itself comes from the version in force', async () => {
  const managerId = await createTestPerson(api);
  const leaver = await aLeaver(api, { managerId });
  const numbers = { autoReplyDays: 20, handoverDay: 12, leaverNoticeDaysBefore: 5, noticeDaysBefore: 3 };
  await api.make({ ...numbers, purgeDay: 70 });
  await api.putInForce('departure@2.1', 'departure@2');
  const reply = await simulate({ ...leaver, leaverNotice: {}, handover: {} });
  expect(reply.body['request']).toMatchObject({
    ...{ autoReply: { days: 20 }, handover: { day: 12 }, leaverNotice: { daysBefore: 5 } },
  });
  const steps = stepsOf(reply);
  expect(localOf(steps, 'notify-manager')).toBe('2027-01-26T09:00+01:00');
  expect(localOf(steps, 'inform-leaver')).toBe('2027-01-24T09:00+01:00');
  expect(localOf(steps, 'end-auto-reply')).toBe('2027-02-18T17:30+01:00');
  expect(localOf(steps, 'purge-gate')).toBe('2027-04-09T17:30+02:00');
  // A redirect that outlives the account ends after the deletion, by the same numbers.
  const redirect = { toPersonId: managerId, reason: 'orders', outliveAccount: true, days: 100 };
  const refused = await simulate({ ...leaver, redirect });
  expect(refused.body).toMatchObject({ code: 'REDIRECT_ENDS_EARLY', deletionDate: '2027-05-09' });
});

test('a country that allows less than the procedure says is obeyed', async () => {
  const managerId = await createTestPerson(api);
  await api.make({ autoReplyDays: 100, purgeDay: 100 });
  await api.putInForce('departure@2.1', 'departure@2');
  const { body } = await simulate(await aLeaver(api, { managerId, country: 'BE' }));
  expect(body['request']).toMatchObject({ autoReply: { days: 90 } });
});

test('is put in force only by those who know which version is, and only when it is sound', async () => {
  await api.make({ archiveDay: 45 });
  const refused = await api.putInForce('departure@2.1', 'departure@1');
  expect(refusalOf(refused)).toEqual([409, 'PROCEDURE_IN_FORCE_CHANGED', '/insteadOf']);
  expect(refused.body['inForce']).toBe('departure@2');
  expect((await api.putInForce('departure@2.1', 'departure@2')).status).toBe(200);
  // Said twice it is said once.
  expect((await api.putInForce('departure@2.1', 'departure@2')).status).toBe(200);
  const detail = { name: 'departure@2.1', insteadOf: 'departure@2', reason: 'decided' };
  expect(await api.audited('procedure.putInForce')).toEqual([{ actorId: api.ownerId, detail }]);
  expect((await api.request('GET', '/v1/procedures/in-force')).body['name']).toBe('departure@2.1');
  const unknown = await api.putInForce('departure@2.7', 'departure@2.1');
  expect(refusalOf(unknown)).toEqual([422, 'PROCEDURE_UNKNOWN', '/name']);
  // What shipped first does not know every way in.
  const unsound = await api.putInForce('departure@1', 'departure@2.1');
  expect(refusalOf(unsound)).toEqual([422, 'PROCEDURE_STEP_ESSENTIAL', '/name']);
});

test('with the newest that ships in force, the organisation follows the releases again', async () => {
  const chosen = async () => (await api.request('GET', '/v1/organisation')).body['departureProcedure'];
  await api.make();
  await api.putInForce('departure@2.1', 'departure@2');
  expect(await chosen()).toBe('departure@2.1');
  expect((await api.putInForce('departure@2', 'departure@2.1')).status).toBe(200);
  expect(await chosen()).toBeUndefined();
  expect((await api.request('GET', '/v1/procedures/in-force')).body['name']).toBe('departure@2');
});
