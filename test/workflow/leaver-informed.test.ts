import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashOfToken } from '../../shared/platform/links/link-token.ts';
import { DAY, HOUR, MINUTE, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const informing = { daysUntilLeave: 30, plan: { leaverNoticeDaysBefore: 14 } };
const mailsToLeaver = (departure: TestDeparture) =>
  departure.mails().filter(({ to }) => to.includes(departure.person.address));
const tokenIn = (text: string): string => /\/confirm\/([\w-]{43})\b/u.exec(text)?.[1] ?? '';
const proofOf = async ({ orgId, caseId }: TestDeparture, key: string) =>
  (await engine.repositories.evidence.listByCase(orgId, caseId)).find(({ stepKey }) => stepKey === key)
    ?.proof;

test('tells the leaver in time, and the evidence holds what was confirmed', async () => {
  const departure = await startDeparture(engine, informing);
  await departure.forwardTo(-15 * DAY);
  expect(mailsToLeaver(departure)).toEqual([]);
  await departure.forwardTo(-13 * DAY);
  const [mail] = mailsToLeaver(departure);
  const window = await engine.repositories.leaverWindows.find(hashOfToken(tokenIn(mail?.text ?? '')));
  expect(window?.caseId).toBe(departure.caseId);

  const confirmedAtMs = await departure.clock();
  await engine.repositories.leaverWindows.confirm(window!, confirmedAtMs);
  await departure.forwardTo(HOUR);
  expect((await departure.step('close-leaver-window')).status).toBe('done');
  expect(await proofOf(departure, 'close-leaver-window')).toEqual({ confirmed: true, confirmedAtMs });
});

test('locks a leaver who does not answer at the very instant all the same, and says that nothing was confirmed', async () => {
  const departure = await startDeparture(engine, informing);
  await departure.forwardTo(HOUR);
  expect((await departure.step('prove-day-0')).settledAtMs! - departure.leaveAtMs).toBeLessThan(MINUTE);
  expect(await proofOf(departure, 'close-leaver-window')).toEqual({ confirmed: false });
  const window = (await engine.repositories.leaverWindows.findByCase(departure.orgId, departure.caseId))!;
  const late = await engine.repositories.leaverWindows.confirm(window, Date.now());
  expect(late?.confirmedAtMs).toBeUndefined();
});

test('locks at once when the last day is brought forward to now', async () => {
  const departure = await startDeparture(engine, informing);
  await departure.forwardTo(-10 * DAY);
  const { plan, steps } = await departure.record();
  const started = steps.filter(({ status }) => status !== 'waiting').map(({ key }) => key);
  const previous = { plan, startedKeys: new Set(started) };
  const nowMs = await departure.clock();
  const now = departure.plan({ ...informing.plan, version: 2, nowMs, urgent: true, previous }).plan;
  await departure.command('reschedule', { actorId: 'own_hr', plan: now });
  const record = await departure.until((one) => statusOf(one, 'prove-day-0') === 'done');
  expect(statusOf(record, 'inform-leaver')).toBe('done');
  await departure.until((one) => statusOf(one, 'close-leaver-window') === 'done');
  expect(mailsToLeaver(departure)).toHaveLength(1);
  expect((await departure.step('prove-day-0')).settledAtMs! - nowMs).toBeLessThan(MINUTE);
});
