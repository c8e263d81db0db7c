import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { advanceReview } from '../../../activities/reviews/advance-review.ts';
import { MailNotSent } from '../../../activities/ports/notifier.ts';
import type { ReviewPorts } from '../../../activities/reviews/review-ports.ts';
import { ITSELF, openReviewClaimId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { decided } from '../../support/findings.ts';
import { aFinding, aReview, TERMS } from '../../support/review-builders.ts';
import { createTestPerson, NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';
import { aPerson } from '../../support/test-repositories.ts';
import { reviewPortsOf } from '../../support/whole-review.ts';

let first: TestApi;
let api: TestApi;
let review: Review;
beforeAll(async () => {
  first = await startTestApi();
});
beforeEach(async () => {
  api = await first.anotherOrganisation();
});
afterAll(() => first.close());

/** One that is open, with its invitations sent, unless a test says otherwise. */
async function open(more: Partial<Review> = {}): Promise<void> {
  review = aReview(api.orgId, NOW_MS, { sent: ['invite'], recheckAtMs: NOW_MS + DAY_MS, ...more });
  await api.repositories.reviews.insert(review);
}
async function found(...findings: readonly Partial<Finding>[]): Promise<readonly Finding[]> {
  const all = findings.map((more) => aFinding(review, more));
  await api.repositories.findings.insertMany(all);
  return all;
}
/** Goes on with the review at this instant, until it rests. */
async function advance(nowMs: number, more: Partial<ReviewPorts> = {}) {
  api.clock.nowMs = nowMs;
  const ref = { orgId: api.orgId, reviewId: review.id, asOfMs: nowMs };
  for (;;) {
    const step = await advanceReview({ ...reviewPortsOf(api), ...more }, ref);
    if (step.kind !== 'more') return step;
  }
}
const now = async () => (await api.repositories.reviews.get(api.orgId, review.id))!;
const stored = async ({ id }: Finding) => (await api.repositories.findings.get(api.orgId, id))!;
const mails = () => api.mailroom.mails.filter(({ id }) => id.includes(review.id));
const mailsOf = (notice: string) =>
  mails().filter(({ id }) => id.startsWith(`review:${review.id}:${notice}`));

async function somebody(firstName: string, more: Partial<Person> = {}): Promise<Person> {
  const person = aPerson(api.orgId, { firstName, ...more });
  await api.repositories.people.insert(person);
  return person;
}
async function leaves({ id }: Person): Promise<void> {
  const { rev } = (await api.repositories.people.get(api.orgId, id))!;
  await api.repositories.people.update(api.orgId, id, rev, { status: 'departed' });
}
const QUARTER_OF_AN_HOUR_MS = 15 * 60_000;
const END_MS = NOW_MS + 14 * DAY_MS;
const byHr = decided({ kind: 'disable' });
const awaiting = { state: 'awaiting_second', decision: byHr.decision!, needsSecond: true } as const;

describe('what nobody decided in time', () => {
  test('is left as it is, also where one of two people decided; then the review is completed', async () => {
    await open();
    const [silent, half] = await found({}, awaiting);
    expect(await advance(END_MS - 1)).toMatchObject({ kind: 'wait', untilMs: END_MS, phase: 'open' });
    expect(await advance(END_MS)).toMatchObject({ kind: 'ended', state: 'completed' });
    expect(await stored(silent!)).toMatchObject({ state: 'defaulted' });
    expect(await stored(silent!)).not.toHaveProperty('decision');
    // Who decided without a second person can still be seen.
    expect(await stored(half!)).toMatchObject({ state: 'defaulted', decision: awaiting.decision });
    expect(await now()).toMatchObject({ closedAtMs: END_MS, ended: { defaulted: 2 } });
    expect(await api.repositories.cases.list(api.orgId, { limit: 10 })).toEqual([]);
  });

  test('is carried out as proposed where the review says so, as the review itself, with the same warnings', async () => {
    const alias = `captain${api.orgId.slice(-8)}@harbour.example`;
    const personId = await createTestPerson(api, { aliases: [alias] });
    await open({ terms: { ...TERMS, onSilence: 'as_proposed' } });
    const [taken, warned] = await found(
      { personId, rule: 'alias_of_no_name', about: alias, proposes: 'remove_alias' },
      { personId },
    );
    expect(await advance(END_MS)).toMatchObject({ kind: 'wait', phase: 'carrying_out' });
    const done = await stored(taken!);
    expect(done).toMatchObject({ state: 'done', decision: { kind: 'remove_alias', atMs: END_MS } });
    expect(done.decision?.by.ownerId).toBe(ITSELF);
    expect((await api.repositories.people.get(api.orgId, personId))?.aliases).toEqual([]);
    expect(await stored(warned!)).toMatchObject({
      ...{ state: 'warned', action: { disableAtMs: END_MS + 14 * DAY_MS, warned: [14] } },
      decision: { by: { ownerId: ITSELF } },
    });
  });

  test('is carried out of no administrator, and only what can be taken back', async () => {
    await open({ terms: { ...TERMS, onSilence: 'as_proposed' } });
    const all = await found(
      ...[{ needsSecond: true }, awaiting],
      ...(['keep', 'attest', 'start_departure', 'change_role', 'start_deletion'] as const).map(
        (proposes) => ({
          proposes,
        }),
      ),
    );
    expect(await advance(END_MS)).toMatchObject({ kind: 'ended', state: 'completed' });
    const states = await Promise.all(all.map(async (one) => (await stored(one)).state));
    expect(states).toEqual(all.map(() => 'defaulted'));
  });
});

describe('a reviewer who leaves', () => {
  test('is asked no more: whoever would be asked today has what was not decided, and is told once', async () => {
    const [mona, otto, fay] = [await somebody('Mona'), await somebody('Otto'), await somebody('Fay')];
    const [lea, rob] = [
      await somebody('Lea', { managerId: otto.id }),
      await somebody('Rob', { managerId: mona.id }),
    ];
    await open({
      ...{ sent: [], recheckAtMs: NOW_MS },
      terms: { ...TERMS, reviewers: { kind: 'managers', fallbackId: fay.id } },
    });
    const of = (personId: string, more: Partial<Finding> = {}) => ({
      personId,
      reviewerId: mona.id,
      ...more,
    });
    const [ofLea, ofRob, again, done] = await found(
      ...[of(lea.id), of(rob.id), of(rob.id), of(lea.id, { ...byHr, state: 'attested' })],
    );
    await advance(NOW_MS);
    expect(mailsOf('invite').map(({ to }) => to)).toEqual([[mona.address]]);
    await leaves(mona);
    await advance(NOW_MS + DAY_MS - 1);
    expect((await stored(ofLea!)).reviewerId).toBe(mona.id);
    for (const days of [1, 2]) await advance(NOW_MS + days * DAY_MS);
    const asked = await Promise.all(
      [ofLea, ofRob, again, done].map(async (one) => (await stored(one!)).reviewerId),
    );
    expect(asked).toEqual([otto.id, fay.id, fay.id, mona.id]);
    const told = mailsOf(`in-place-of:${mona.id}`);
    expect(told.map(({ to, subject }) => [...to, subject.split(',')[0]]).toSorted()).toEqual([
      [otto.address, '1 finding to decide'],
      [fay.address, '2 findings to decide'],
    ]);
    const linkOf = ({ text }: { readonly text: string }) => /\/review\/([\w-]{43})/u.exec(text)![0];
    const statusOf = async (mail: { readonly text: string }) => (await api.page('GET', linkOf(mail))).status;
    expect(await statusOf(mailsOf('invite')[0]!)).not.toBe(200);
    expect(await Promise.all(told.map(statusOf))).toEqual([200, 200]);
  });

  test('goes on being asked while no server takes the mail to the next one', async () => {
    const [mona, fay] = [await somebody('Mona'), await somebody('Fay')];
    await open({ terms: { ...TERMS, reviewers: { kind: 'managers', fallbackId: fay.id } } });
    const [one] = await found({ reviewerId: mona.id });
    await leaves(mona);
    const dayAfter = NOW_MS + DAY_MS;
    const notifier = { send: () => Promise.reject(new MailNotSent('the server is down')) };
    expect(await advance(dayAfter, { notifier })).toEqual({
      ...{ kind: 'wait', phase: 'open', untilMs: dayAfter + QUARTER_OF_AN_HOUR_MS },
    });
    expect((await stored(one!)).reviewerId).toBe(mona.id);
    await advance(dayAfter + QUARTER_OF_AN_HOUR_MS);
    expect((await stored(one!)).reviewerId).toBe(fay.id);
    expect(mailsOf('in-place-of').map(({ to }) => to)).toEqual([[fay.address]]);
  });

  test('is followed by the organisation, which is told, where nobody else can be asked', async () => {
    const mona = await somebody('Mona');
    const rob = await somebody('Rob', { managerId: mona.id });
    await open();
    const [ofRob] = await found({ personId: rob.id, reviewerId: mona.id });
    await leaves(mona);
    await advance(NOW_MS + DAY_MS);
    expect(await stored(ofRob!)).not.toHaveProperty('reviewerId');
    expect(mails().map(({ to, subject }) => [...to, subject.split(',')[0]])).toEqual([
      ['ops@harbour.example', '1 finding without a reviewer'],
    ]);
  });
});

describe('a notice to many reviewers', () => {
  const REVIEWERS = 45;
  const MAILS_BETWEEN_NOTES = 20;

  async function many(): Promise<void> {
    await open({ sent: [] });
    const reviewers = await Promise.all(
      Array.from({ length: REVIEWERS }, (_, number) => somebody(`Reviewer ${number}`)),
    );
    await found(...reviewers.map(({ id: reviewerId }) => ({ reviewerId })));
  }
  /** A mail server that goes away after so many mails, and what it was given. */
  function server(mails: number) {
    const sent: string[] = [];
    const notifier: ReviewPorts['notifier'] = {
      send(mail) {
        if (sent.length === mails) return Promise.reject(new Error('died'));
        sent.push(mail.id);
        return api.mailroom.send(mail);
      },
    };
    return { sent, notifier };
  }

  test('that was interrupted goes on, and nobody is left out', async () => {
    await many();
    const [dying, next] = [server(30), server(REVIEWERS)];
    await expect(advance(NOW_MS, dying)).rejects.toThrow('died');
    expect((await now()).sent).toEqual([]);
    await advance(NOW_MS, next);
    expect(next.sent).toHaveLength(REVIEWERS - MAILS_BETWEEN_NOTES);
    expect(new Set([...dying.sent, ...next.sent]).size).toBe(REVIEWERS);
    expect(await now()).toMatchObject({ sent: ['invite'] });
    expect(await now()).not.toHaveProperty('noticeAfter');
  });

  test('that was interrupted for so long that the next one is due leaves nobody out of the next one', async () => {
    await many();
    await advance(NOW_MS);
    await expect(advance(END_MS - 7 * DAY_MS, server(30))).rejects.toThrow('died');
    await advance(END_MS - 2 * DAY_MS);
    expect([mailsOf('remind:7').length, mailsOf('remind:2').length]).toEqual([30, REVIEWERS]);
    expect((await now()).sent.toSorted()).toEqual(['escalate', 'invite', 'remind:2', 'remind:7']);
  });
});

test('what could not be started is told at once and once a day, until it is decided again', async () => {
  const personId = await createTestPerson(api);
  const { people } = api.repositories;
  await people.update(api.orgId, personId, (await people.get(api.orgId, personId))!.rev, { protected: true });
  await open();
  const [refused] = await found({ personId, ...byHr });
  for (const hours of [1, 2, 25, 30]) await advance(NOW_MS + hours * 3_600_000);
  expect(await stored(refused!)).toMatchObject({ state: 'refused' });
  expect(mailsOf('attention').map(({ id }) => id.split(':').at(-1))).toEqual(['0', '1']);
});

describe('a review that is cancelled', () => {
  test('withdraws what has not begun, leaves cases going, and gives its place to the next one', async () => {
    const mona = await somebody('Mona');
    const [lea, rob, ute] = [
      await createTestPerson(api),
      await createTestPerson(api),
      await createTestPerson(api),
    ];
    await open({ sent: [] });
    const claimId = openReviewClaimId(api.orgId, review.definitionId);
    await api.repositories.claims.take(claimId, api.orgId, review.id, NOW_MS);
    const departure = decided({ kind: 'start_departure', lastDay: '2027-06-30' });
    const [warned, started, untouched, later] = await found(
      { personId: lea, ...byHr },
      { personId: rob, ...departure },
      { personId: ute, reviewerId: mona.id },
      { personId: ute, ...departure, nextAtMs: NOW_MS + 5 * DAY_MS },
    );
    await advance(NOW_MS);
    expect([(await stored(warned!)).state, (await stored(started!)).state]).toEqual(['warned', 'started']);
    const cancelled = await api.request(
      ...(['POST', `/v1/reviews/${review.id}/cancel`, { reason: 'wrong scope' }] as const),
      { idempotencyKey: 'cancel' },
    );
    expect(cancelled.status).toBe(200);
    expect(await advance(NOW_MS + DAY_MS)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    for (const one of [warned, later])
      expect(await stored(one!)).toMatchObject({
        ...{ state: 'withdrawn', action: { withdrawnFor: 'REVIEW_CANCELLED' } },
      });
    expect((await stored(untouched!)).state).toBe('open');
    const { action } = await stored(started!);
    expect(await api.repositories.cases.get(api.orgId, action!.caseId!)).toMatchObject({
      state: 'scheduled',
    });
    expect(await api.repositories.claims.get(claimId, api.orgId)).toBeUndefined();
    expect(mailsOf('completed')).toEqual([]);
    const link = /\/review\/[\w-]{43}/u.exec(mailsOf('invite')[0]!.text)![0];
    expect((await api.page('GET', link)).status).not.toBe(200);
  });
});
