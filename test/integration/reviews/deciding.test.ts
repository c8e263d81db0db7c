import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ITSELF, openReviewClaimId } from '../../../shared/domain/ids.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import { decided } from '../../support/findings.ts';
import { NO_SERVER, OPEN_UNTIL_MS, openReviewIn, type OpenReview } from '../../support/open-review.ts';
import { TERMS } from '../../support/review-builders.ts';
import { createTestPerson, NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';

let first: TestApi;
beforeAll(async () => {
  first = await startTestApi();
});
afterAll(() => first.close());

const HOUR_MS = 3_600_000;
const QUARTER_OF_AN_HOUR_MS = 15 * 60_000;
const byHr = decided({ kind: 'disable' });
const awaiting = { state: 'awaiting_second', decision: byHr.decision!, needsSecond: true } as const;
const AS_PROPOSED = { terms: { ...TERMS, onSilence: 'as_proposed' } } as const;
const takePlace = async ({ api: { repositories, orgId }, review }: OpenReview) => {
  const claimId = openReviewClaimId(orgId, review.definitionId);
  await repositories.claims.take(claimId, orgId, review.id, NOW_MS);
  return { isFree: async () => (await repositories.claims.get(claimId, orgId)) === undefined };
};

describe('what nobody decided in time', () => {
  test('is left as it is, also where one of two people decided; then the review is completed', async () => {
    const open = await openReviewIn(first);
    const [silent, half] = await open.found({}, awaiting);
    expect(await open.advance(OPEN_UNTIL_MS - 1)).toMatchObject({
      ...{ kind: 'wait', untilMs: OPEN_UNTIL_MS, phase: 'open' },
    });
    expect(await open.advance(OPEN_UNTIL_MS)).toMatchObject({ kind: 'ended', state: 'completed' });
    expect(await open.stored(silent!)).toMatchObject({ state: 'defaulted' });
    expect(await open.stored(silent!)).not.toHaveProperty('decision');
    // Who decided without a second person can still be seen.
    expect(await open.stored(half!)).toMatchObject({ state: 'defaulted', decision: awaiting.decision });
    expect(await open.now()).toMatchObject({ closedAtMs: OPEN_UNTIL_MS, ended: { defaulted: 2 } });
    expect(await open.api.repositories.cases.list(open.api.orgId, { limit: 10 })).toEqual([]);
  });

  test('is carried out as proposed where the review says so, as the review itself, with the same warnings', async () => {
    const open = await openReviewIn(first, AS_PROPOSED);
    const { api } = open;
    const alias = `captain${api.orgId.slice(-8)}@harbour.example`;
    const personId = await createTestPerson(api, { aliases: [alias] });
    const [taken, warned] = await open.found(
      { personId, rule: 'alias_of_no_name', about: alias, proposes: 'remove_alias' },
      { personId },
    );
    expect(await open.advance(OPEN_UNTIL_MS)).toMatchObject({ kind: 'wait', phase: 'carrying_out' });
    const done = await open.stored(taken!);
    expect(done).toMatchObject({ state: 'done', decision: { kind: 'remove_alias', atMs: OPEN_UNTIL_MS } });
    expect(done.decision?.by.ownerId).toBe(ITSELF);
    expect((await api.repositories.people.get(api.orgId, personId))?.aliases).toEqual([]);
    expect(await open.stored(warned!)).toMatchObject({
      ...{ state: 'warned', action: { disableAtMs: OPEN_UNTIL_MS + 14 * DAY_MS, warned: [14] } },
      decision: { by: { ownerId: ITSELF } },
    });
  });

  test('is carried out of no administrator, and only what can be taken back', async () => {
    const open = await openReviewIn(first, AS_PROPOSED);
    const final = ['keep', 'attest', 'start_departure', 'change_role', 'start_deletion'] as const;
    const all = await open.found({ needsSecond: true }, awaiting, ...final.map((proposes) => ({ proposes })));
    expect(await open.advance(OPEN_UNTIL_MS)).toMatchObject({ kind: 'ended', state: 'completed' });
    const states = await Promise.all(all.map(async (one) => (await open.stored(one)).state));
    expect(states).toEqual(all.map(() => 'defaulted'));
  });
});

describe('the organisation is told every day', () => {
  const days = ({ mailsOf }: OpenReview) => mailsOf('attention').map(({ id }) => id.split(':').at(-1));

  test('and at once of what could not be started', async () => {
    const open = await openReviewIn(first);
    const personId = await createTestPerson(open.api);
    await open.change(personId, { protected: true });
    const [refused] = await open.found({ personId, ...byHr });
    for (const hours of [1, 2, 25, 30]) await open.advance(NOW_MS + hours * HOUR_MS);
    expect(await open.stored(refused!)).toMatchObject({ state: 'refused' });
    expect(days(open)).toEqual(['0', '1']);
    expect(open.mailsOf('attention')[0]?.text).toContain('could not be carried out, and says why: 1');
  });

  test('of what was decided after the end by one of two people, until the other agrees', async () => {
    const open = await openReviewIn(first, { state: 'carrying_out', closedAtMs: NOW_MS });
    const { decision } = decided({ kind: 'attest', proof: 'seen' });
    const [half] = await open.found({ ...awaiting, decision: decision! });
    for (const hours of [1, 30]) await open.advance(NOW_MS + hours * HOUR_MS);
    expect(days(open)).toEqual(['0', '1']);
    expect(open.mailsOf('attention')[0]?.text).toContain('waits for a second person to agree: 1');
    await open.api.repositories.findings.update(await open.stored(half!), { state: 'attested' });
    expect(await open.advance(NOW_MS + 60 * HOUR_MS)).toMatchObject({ kind: 'ended', state: 'completed' });
    expect(days(open)).toHaveLength(2);
  });
});

test('a review that is completed while no server takes mail gives its place away at once, and tells it later', async () => {
  const open = await openReviewIn(first, { state: 'carrying_out', closedAtMs: NOW_MS });
  const place = await takePlace(open);
  const again = NOW_MS + QUARTER_OF_AN_HOUR_MS;
  const waiting = { kind: 'wait', untilMs: again, phase: 'completed' };
  expect(await open.advance(NOW_MS, NO_SERVER)).toEqual(waiting);
  expect([(await open.now()).state, await place.isFree()]).toEqual(['completed', true]);
  expect(await open.advance(again)).toMatchObject({ kind: 'ended', state: 'completed' });
  expect(open.mailsOf('completed')).toHaveLength(1);
  // Not for ever.
  expect(await open.advance(NOW_MS + DAY_MS, NO_SERVER)).toMatchObject({ kind: 'ended' });
});

test('a review that is cancelled withdraws what has not begun, leaves cases going, and gives its place away', async () => {
  const open = await openReviewIn(first, { sent: [] });
  const { api, review } = open;
  const mona = await open.somebody('Mona');
  const place = await takePlace(open);
  const person = () => createTestPerson(api);
  const departure = decided({ kind: 'start_departure', lastDay: '2027-06-30' });
  const [warned, started, untouched, later] = await open.found(
    { personId: await person(), ...byHr },
    { personId: await person(), ...departure },
    { personId: await person(), reviewerId: mona.id },
    { personId: await person(), ...departure, nextAtMs: NOW_MS + 5 * DAY_MS },
  );
  await open.advance(NOW_MS);
  const states = async () =>
    Promise.all([warned, started, untouched, later].map(async (one) => (await open.stored(one!)).state));
  expect(await states()).toEqual(['warned', 'started', 'open', 'decided']);
  const path = `/v1/reviews/${review.id}/cancel`;
  const sent = await api.request('POST', path, { reason: 'wrong scope' }, { idempotencyKey: 'cancel' });
  expect(sent.status).toBe(200);
  expect(await open.advance(NOW_MS + DAY_MS)).toMatchObject({ kind: 'ended', state: 'cancelled' });
  expect(await states()).toEqual(['withdrawn', 'started', 'open', 'withdrawn']);
  expect((await open.stored(warned!)).action?.withdrawnFor).toBe('REVIEW_CANCELLED');
  const { action } = await open.stored(started!);
  expect(await api.repositories.cases.get(api.orgId, action!.caseId!)).toMatchObject({ state: 'scheduled' });
  expect([await place.isFree(), open.mailsOf('completed')]).toEqual([true, []]);
  const link = /\/review\/[\w-]{43}/u.exec(open.mailsOf('invite')[0]!.text)![0];
  expect((await api.page('GET', link)).status).not.toBe(200);
});
