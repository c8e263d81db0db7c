import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

// An engine of its own: between activities the clock of the directory stands at the latest instant any case showed.
let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('answers from day 0 for thirty days: another text inside, once a week for each sender', async () => {
  const text = 'Please write to Mona.';
  const internal = { subject: 'Moved', text: 'Ask Mona in room 7.' };
  const departure = await startDeparture(engine, {
    autoReply: { subject: 'I have left', text, days: 30, internal },
  });
  const { orgId, person, manager } = departure;
  const answer = async (from: string) => {
    const mail = { from, to: person.address, subject: 'Hello', text: 'Are you there?' };
    const delivered = await engine.directory.deliver(orgId, mail);
    if (delivered.kind !== 'stored') throw new Error(delivered.kind);
    return delivered.autoReply?.text;
  };
  expect(await answer('client@outside.test')).toBeUndefined();

  await departure.forwardTo(DAY + HOUR);
  expect(await answer('client@outside.test')).toBe(text);
  expect(await answer(manager.address)).toBe(internal.text);
  expect(await answer('client@outside.test')).toBeUndefined();
  await departure.forwardTo(9 * DAY);
  expect(await answer('another@outside.test')).toBe(text);

  await departure.forwardTo(30 * DAY + HOUR);
  expect((await departure.step('end-auto-reply')).status).toBe('done');
  expect(await answer('late@outside.test')).toBeUndefined();
});
