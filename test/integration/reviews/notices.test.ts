import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReviewPorts } from '../../../activities/reviews/review-ports.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ReviewTerms } from '../../../shared/domain/reviews/review-definition.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { decided } from '../../support/findings.ts';
import { NO_SERVER, OPEN_UNTIL_MS, openReviewIn, type OpenReview } from '../../support/open-review.ts';
import { TERMS } from '../../support/review-builders.ts';
import { NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';
import { aPerson } from '../../support/test-repositories.ts';

let first: TestApi;
beforeAll(async () => {
  first = await startTestApi();
});
afterAll(() => first.close());

describe('a reviewer who leaves', () => {
  const withFallback = (fallbackId: string): { readonly terms: ReviewTerms } => ({
    terms: { ...TERMS, reviewers: { kind: 'managers', fallbackId } },
  });
  const openings = (mails: ReturnType<OpenReview['mails']>) =>
    mails.map(({ to, subject }) => [...to, subject.split(',')[0]]);

  test('is asked no more: whoever would be asked today has what was not decided, and is told once', async () => {
    const id = newId('per');
    const open = await openReviewIn(first, { ...withFallback(id), sent: [], recheckAtMs: NOW_MS });
    const { api, stored, mailsOf } = open;
    const [mona, otto] = [await open.somebody('Mona'), await open.somebody('Otto')];
    const fay = await open.somebody('Fay', { id });
    const lea = await open.somebody('Lea', { managerId: otto.id });
    const rob = await open.somebody('Rob', { managerId: mona.id });
    const [toLea, toRob] = [lea, rob].map((one) => ({ personId: one.id, reviewerId: mona.id }));
    const attested = { ...decided({ kind: 'attest', proof: 'seen' }), state: 'attested' } as const;
    const all = await open.found(toLea!, toRob!, toRob!, { ...toLea, ...attested });
    const reviewers = () => Promise.all(all.map(async (one) => (await stored(one)).reviewerId));
    await open.advance(NOW_MS);
    expect(mailsOf('invite').map(({ to }) => to)).toEqual([[mona.address]]);
    await open.change(mona.id, { status: 'departed' });
    await open.advance(NOW_MS + DAY_MS - 1);
    expect(await reviewers()).toEqual(all.map(() => mona.id));
    for (const days of [1, 2]) await open.advance(NOW_MS + days * DAY_MS);
    expect(await reviewers()).toEqual([otto.id, fay.id, fay.id, mona.id]);
    const told = mailsOf(`in-place-of:${mona.id}`);
    expect(new Set(openings(told))).toEqual(
      new Set([
        [otto.address, '1 finding to decide'],
        [fay.address, '2 findings to decide'],
      ]),
    );
    const statusOf = async ({ text }: { readonly text: string }) =>
      (await api.page('GET', /\/review\/[\w-]{43}/u.exec(text)![0])).status;
    expect(await statusOf(mailsOf('invite')[0]!)).not.toBe(200);
    expect(await Promise.all(told.map(statusOf))).toEqual([200, 200]);
  });

  test('goes on being asked while no server takes the mail to the next one', async () => {
    const id = newId('per');
    const open = await openReviewIn(first, withFallback(id));
    const [mona, fay] = [await open.somebody('Mona'), await open.somebody('Fay', { id })];
    const [one] = (await open.found({ reviewerId: mona.id })) as readonly [Finding];
    await open.change(mona.id, { status: 'departed' });
    const [dayAfter, again] = [NOW_MS + DAY_MS, NOW_MS + DAY_MS + 15 * 60_000];
    expect(await open.advance(dayAfter, NO_SERVER)).toEqual({ kind: 'wait', phase: 'open', untilMs: again });
    expect((await open.stored(one)).reviewerId).toBe(mona.id);
    await open.advance(again);
    expect((await open.stored(one)).reviewerId).toBe(fay.id);
    expect(open.mails().map(({ to }) => to)).toEqual([[fay.address]]);
  });

  test('is followed by the organisation, which is told, where nobody else can be asked', async () => {
    const open = await openReviewIn(first);
    const mona = await open.somebody('Mona');
    const rob = await open.somebody('Rob', { managerId: mona.id });
    const [ofRob] = await open.found({ personId: rob.id, reviewerId: mona.id });
    await open.change(mona.id, { status: 'departed' });
    await open.advance(NOW_MS + DAY_MS);
    expect(await open.stored(ofRob!)).not.toHaveProperty('reviewerId');
    expect(openings(open.mails())).toEqual([['ops@harbour.example', '1 finding without a reviewer']]);
  });
});

describe('a notice to many reviewers', () => {
  const REVIEWERS = 45;
  const MAILS_BETWEEN_NOTES = 20;

  async function many(): Promise<OpenReview> {
    const open = await openReviewIn(first, { sent: [] });
    const { repositories, orgId } = open.api;
    const reviewers = Array.from({ length: REVIEWERS }, () => aPerson(orgId));
    for (const reviewer of reviewers) await repositories.people.insert(reviewer);
    await open.found(...reviewers.map(({ id: reviewerId }) => ({ reviewerId })));
    return open;
  }
  /** A worker that dies after so many mails. */
  function mortal({ api }: OpenReview, mails: number) {
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
    const open = await many();
    const [dying, next] = [mortal(open, 30), mortal(open, REVIEWERS)];
    await expect(open.advance(NOW_MS, { notifier: dying.notifier })).rejects.toThrow('died');
    expect((await open.now()).sent).toEqual([]);
    await open.advance(NOW_MS, { notifier: next.notifier });
    expect(next.sent).toHaveLength(REVIEWERS - MAILS_BETWEEN_NOTES);
    expect(new Set([...dying.sent, ...next.sent]).size).toBe(REVIEWERS);
    expect(await open.now()).toMatchObject({ sent: ['invite'] });
    expect(await open.now()).not.toHaveProperty('noticeAfter');
  });

  test('that was interrupted for so long that the next one is due leaves nobody out of the next one', async () => {
    const open = await many();
    await open.advance(NOW_MS);
    const { notifier } = mortal(open, 30);
    await expect(open.advance(OPEN_UNTIL_MS - 7 * DAY_MS, { notifier })).rejects.toThrow('died');
    await open.advance(OPEN_UNTIL_MS - 2 * DAY_MS);
    expect([open.mailsOf('remind:7').length, open.mailsOf('remind:2').length]).toEqual([30, REVIEWERS]);
    expect((await open.now()).sent.toSorted()).toEqual(['escalate', 'invite', 'remind:2', 'remind:7']);
  });
});
