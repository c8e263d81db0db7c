import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Person } from '../../shared/domain/person.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { DAY } from '../support/departure.ts';
import { productionEvents, textsIn } from '../support/history.ts';
import { eventually } from '../support/installation.ts';
import { taskQueues } from '../../shared/contract/task-queues.ts';
import { uniqueName } from '../support/temporal.ts';
import { createPeople, createPerson, PASSWORD } from '../support/people.ts';
import { defineReview } from '../support/review-definitions.ts';
import {
  directoryNow,
  holdReview,
  startReviewEngine,
  type HeldReview,
  type ReviewTestEngine,
} from '../support/review-worker.ts';

let engine: ReviewTestEngine;
beforeAll(async () => {
  engine = await startReviewEngine();
});
afterAll(() => engine.stop());

const ZONE = 'Europe/Zurich';
const QUARTER = 91 * DAY;

/** The next twentieth of March that is at least two months away: a review that is open then goes through a change of the clocks. */
function nextMarch(): number {
  const after = directoryNow(engine) + 60 * DAY;
  const year = new Date(after).getUTCFullYear();
  return [year, year + 1].map((one) => Date.UTC(one, 2, 20, 9)).find((atMs) => atMs > after)!;
}
const inDays = (days: number): number => directoryNow(engine) + days * DAY;

const localDate = (atMs: number): string => localCalendar.localOf(atMs, ZONE).date;
const about = (findings: readonly Finding[], { id }: Person): Finding =>
  findings.find(({ personId }) => personId === id)!;
const peopleOf = (findings: readonly Finding[]): readonly (string | undefined)[] =>
  findings.map(({ personId }) => personId).toSorted();
const mailsOf = ({ id }: { readonly id: string }, notice = '') =>
  engine.mailroom.mails.filter((mail) => mail.id.startsWith(`review:${id}:${notice}`));

async function open(held: HeldReview) {
  const review = await held.until(({ state, sent }) => state === 'open' && sent.includes('invite'));
  return { review, findings: await held.findings() };
}

describe('a year of quarterly reviews', () => {
  test('asks, reminds, reports silence, keeps what is kept, follows the clock, and replaces a reviewer who leaves', async () => {
    const { orgId, manager } = await createPeople(engine, { administrator: false });
    const named = (firstName: string, managerId = manager.id) =>
      createPerson(engine, orgId, { firstName, lastName: 'Quiet', role: 'user', managerId });
    const [kept, silent, disabled] = [await named('Kim'), await named('Sam'), await named('Dan')];
    const fallback = await named('Fay');
    const quiet = [kept, silent, disabled].map(({ id }) => id);
    const reviewers = { kind: 'managers', fallbackId: fallback.id } as const;
    // Of everybody else in the organisation the manager is nobody's.
    const definition = await defineReview(engine, orgId, { only: ['never_used'], reviewers });
    const march = nextMarch();
    const hold = (quarter: number) => holdReview(engine, definition, march + quarter * QUARTER);

    // First quarter: one is kept for a year, one is disabled, nobody says anything of the third.
    const first = await hold(0);
    const opened = await open(first);
    expect(quiet.every((id) => peopleOf(opened.findings).includes(id))).toBe(true);
    expect(opened.review.previousId).toBeUndefined();
    expect(about(opened.findings, silent)).toMatchObject({ reviewerId: manager.id, state: 'open' });
    const invited = mailsOf(opened.review, 'invite');
    expect(invited.flatMap(({ to }) => to)).toContain(manager.address);
    // The clocks change while it is open, and it ends at the same local time.
    const [from, until] = [opened.review.openedAtMs!, opened.review.closesAtMs!].map((atMs) =>
      localCalendar.localOf(atMs, ZONE),
    );
    expect([until!.time, until!.offset === from!.offset]).toEqual([from!.time, false]);
    expect(until!.date).toBe(localCalendar.addDays(from!.date, 14));
    const keptUntil = localCalendar.addDays(from!.date, 250);
    await first.decide(about(opened.findings, kept), { kind: 'keep', until: keptUntil });
    await first.decide(about(opened.findings, disabled), { kind: 'disable' });
    await first.until(async () => about(await first.findings(), disabled).state === 'warned');
    await first.forward(8 * DAY);
    await eventually(() => mailsOf(opened.review, 'remind:7').length > 0);
    await first.forward(4 * DAY);
    await eventually(() => mailsOf(opened.review, 'remind:2').length > 0);
    await eventually(() => mailsOf(opened.review, 'escalate').length === 1);
    await first.forward(5 * DAY);
    const ended = await first.forwardUntil(({ state }) => state === 'completed');
    const settled = await first.findings();
    expect([about(settled, kept).state, about(settled, silent).state]).toEqual(['kept', 'defaulted']);
    expect(about(settled, disabled)).toMatchObject({ state: 'done' });
    expect((await engine.directory.getAccount(orgId, disabled.accounts[0]!.accountId))?.status).toBe(
      'disabled',
    );
    expect(ended.ended).toMatchObject({ kept: 1, done: 1 });
    expect(Object.keys(ended.reports ?? {}).toSorted()).toEqual(['csv', 'html', 'json']);
    expect(await first.handle.result()).toEqual({ state: 'completed' });

    // Second: the definition is edited while it is open, which is for the next one.
    const second = await hold(1);
    const again = await open(second);
    expect(again.review.previousId).toBe(ended.id);
    expect(peopleOf(again.findings)).not.toContain(kept.id);
    expect(peopleOf(again.findings)).toContain(silent.id);
    const known = (await engine.repositories.reviews.getDefinition(orgId, definition.id))!;
    await engine.repositories.reviews.updateDefinition(known, { openDays: 20, name: 'Longer' });
    await second.forward(14 * DAY + 60_000);
    expect(await second.handle.result()).toEqual({ state: 'completed' });
    expect((await second.now()).terms).toMatchObject({ openDays: 14, name: 'Quarterly' });

    // Third: the manager leaves while it is open.
    const third = await hold(2);
    const asked = await open(third);
    expect(asked.review.terms).toMatchObject({ openDays: 20, name: 'Longer' });
    expect(about(asked.findings, silent).reviewerId).toBe(manager.id);
    const { people } = engine.repositories;
    await people.update(orgId, manager.id, (await people.get(orgId, manager.id))!.rev, {
      status: 'departed',
    });
    await third.forward(DAY);
    await third.until(async () => about(await third.findings(), silent).reviewerId === fallback.id);
    await eventually(() =>
      mailsOf(asked.review, 'in-place-of').some(({ to }) => to.includes(fallback.address)),
    );
    await third.forward(20 * DAY);
    expect(await third.handle.result()).toEqual({ state: 'completed' });

    // Fourth: what was kept is looked at again, once its day has come.
    const fourth = await hold(3);
    const last = await open(fourth);
    expect(localDate(last.review.openedAtMs!) > keptUntil).toBe(true);
    expect(peopleOf(last.findings)).toContain(kept.id);
    const history = await fourth.handle.fetchHistory();
    expect(productionEvents(history).length).toBeLessThan(100);
    // Nothing of anybody is in a history.
    const texts = JSON.stringify(textsIn(history));
    for (const { address, lastName } of [kept, silent, manager]) {
      expect(texts).not.toContain(address);
      expect(texts).not.toContain(lastName);
    }
    await fourth.handle.terminate();
  }, 120_000);
});

describe('somebody about to be disabled', () => {
  test('is warned fourteen and three days before, and left alone once they sign in', async () => {
    const { orgId, manager } = await createPeople(engine, { administrator: false });
    const sleeper = await createPerson(engine, orgId, {
      ...{ firstName: 'Sue', lastName: 'Sleeper', role: 'user', managerId: manager.id },
    });
    const definition = await defineReview(engine, orgId, { only: ['never_used'] });
    const held = await holdReview(engine, definition, inDays(60));
    const { findings } = await open(held);
    const finding = about(findings, sleeper);
    await held.decide(finding, { kind: 'disable' });
    const warnings = () =>
      engine.mailroom.mails.filter(({ id, to }) => id.includes(finding.id) && to.includes(sleeper.address));
    await eventually(() => warnings().length === 1);
    await held.forward(12 * DAY);
    await eventually(() => warnings().length === 2);
    await engine.directory.signIn(orgId, sleeper.address, PASSWORD);
    await held.forward(4 * DAY);
    expect(await held.handle.result()).toEqual({ state: 'completed' });
    expect(about(await held.findings(), sleeper)).toMatchObject({
      state: 'withdrawn',
      action: { withdrawnFor: 'SIGNED_IN' },
    });
    expect((await engine.directory.getAccount(orgId, sleeper.accounts[0]!.accountId))?.status).toBe('active');
  }, 60_000);
});

describe('a review', () => {
  test('is completed only once what was decided is proven, and says every day what could not be started', async () => {
    const { orgId, manager } = await createPeople(engine, { administrator: false });
    const person = await createPerson(engine, orgId, {
      ...{ firstName: 'Pat', lastName: 'Protected', role: 'user', managerId: manager.id },
    });
    const { people } = engine.repositories;
    const definition = await defineReview(engine, orgId, { only: ['never_used'] });
    const held = await holdReview(engine, definition, inDays(60));
    const { review, findings } = await open(held);
    await held.decide(about(findings, person), { kind: 'start_departure' });
    await people.update(orgId, person.id, (await people.get(orgId, person.id))!.rev, { protected: true });
    await held.until(async () => about(await held.findings(), person).state === 'refused');
    await eventually(() => mailsOf(review, 'attention').length >= 1);
    await held.forward(15 * DAY);
    const waiting = await held.until(({ state }) => state === 'carrying_out');
    expect(about(await held.findings(), person).action?.fault?.code).toBe('PERSON_PROTECTED');
    expect(mailsOf(review, 'attention').length).toBeGreaterThan(5);
    expect(waiting.endedAtMs).toBeUndefined();
    await held.decide(about(await held.findings(), person), { kind: 'attest', proof: 'ticket 4711' });
    expect(await held.handle.result()).toEqual({ state: 'completed' });
    expect(about(await held.findings(), person).state).toBe('attested');
  }, 60_000);

  test('of a definition that has one under way is not held, nor of one that was removed', async () => {
    const { orgId } = await createPeople(engine);
    const definition = await defineReview(engine, orgId, { only: ['never_used'] });
    const one = await holdReview(engine, definition, inDays(60));
    const { findings } = await open(one);
    const finding = findings.find(({ needsSecond }) => !needsSecond)!;
    await one.decide(finding, { kind: 'disable' });
    await one.until(async () => (await one.findings()).some(({ state }) => state === 'warned'));
    const other = await holdReview(engine, definition, inDays(0));
    expect(await other.handle.result()).toEqual({ state: 'not_held' });
    const review = await one.now();
    await engine.repositories.reviews.update(review, {
      ...{ state: 'cancelled', cancelled: { by: 'own_hr', atMs: 1, reason: 'too early' } },
    });
    await one.tell();
    expect(await one.handle.result()).toEqual({ state: 'cancelled' });
    // Nobody is locked out by it any more.
    expect(await one.findings()).toContainEqual(
      expect.objectContaining({ id: finding.id, state: 'withdrawn' }),
    );
    const known = (await engine.repositories.reviews.getDefinition(orgId, definition.id))!;
    await engine.repositories.reviews.updateDefinition(known, { removed: { by: 'own_hr', atMs: 1 } });
    const third = await holdReview(engine, definition, inDays(0));
    expect(await third.handle.result()).toEqual({ state: 'not_held' });
  }, 60_000);
});

describe('a worker that is away for three days over the beginning', () => {
  test('takes no day from anybody: the time to decide counts from when people are asked', async () => {
    const { orgId, manager } = await createPeople(engine, { administrator: false });
    const person = await createPerson(engine, orgId, {
      ...{ firstName: 'Lou', lastName: 'Late', role: 'user', managerId: manager.id },
    });
    const definition = await defineReview(engine, orgId, { only: ['never_used'] });
    const dueAtMs = inDays(60);
    // Nobody works on these queues yet. Temporal hands the first task out three days late, which is when a worker comes.
    const queues = taskQueues(uniqueName('late'));
    const held = await holdReview({ ...engine, queues }, definition, dueAtMs + 3 * DAY);
    expect(await engine.repositories.reviews.list(orgId, { definitionId: definition.id, limit: 1 })).toEqual(
      [],
    );
    const late = await startReviewEngine({ queues });
    try {
      const { review } = await open(held);
      expect(review.openedAtMs! - dueAtMs).toBeGreaterThanOrEqual(3 * DAY);
      const { date } = localCalendar.localOf(review.openedAtMs!, ZONE);
      expect(localDate(review.closesAtMs!)).toBe(localCalendar.addDays(date, 14));
      const mails = () => late.mailroom.mails.filter(({ id }) => id.startsWith(`review:${review.id}:`));
      expect(mails().some(({ id, to }) => id.includes(':invite:') && to.includes(manager.address))).toBe(
        true,
      );
      await held.forward(15 * DAY);
      expect(await held.handle.result()).toEqual({ state: 'completed' });
      expect(about(await held.findings(), person).state).toBe('defaulted');
      // Each of them once.
      expect(new Set(mails().map(({ id }) => id)).size).toBe(mails().length);
    } finally {
      await late.stop();
    }
  }, 60_000);
});

describe('a mail server that is down', () => {
  test('keeps nothing from going on, and takes the invitation once it is back', async () => {
    const { orgId, manager } = await createPeople(engine, { administrator: false });
    const [kept, silent] = await Promise.all(
      ['Kit', 'Sid'].map((firstName) =>
        createPerson(engine, orgId, {
          ...{ firstName, lastName: 'Quiet', role: 'user', managerId: manager.id },
        }),
      ),
    );
    const definition = await defineReview(engine, orgId, { only: ['never_used'] });
    engine.mailroom.isDown = true;
    try {
      const held = await holdReview(engine, definition, inDays(60));
      const review = await held.until(({ state }) => state === 'open');
      await held.decide(about(await held.findings(), kept!), { kind: 'attest', proof: 'ticket 4711' });
      await held.forward(30 * 60_000);
      expect((await held.now()).sent).toEqual([]);
      engine.mailroom.isDown = false;
      await held.forward(30 * 60_000);
      await eventually(() => mailsOf(review, 'invite').some(({ to }) => to.includes(manager.address)));
      expect(about(await held.findings(), silent!).state).toBe('open');
      await held.handle.terminate();
    } finally {
      engine.mailroom.isDown = false;
    }
  }, 60_000);
});
