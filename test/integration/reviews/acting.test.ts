import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDirectoryConnector } from '../../../activities/connectors/directory/directory-connector.ts';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import { actOnFinding } from '../../../activities/reviews/acting/act-on-finding.ts';
import type { ActingPorts } from '../../../activities/reviews/acting/acting-ports.ts';
import { createDecisionDesk } from '../../../api/reviews/desk/create-decision-desk.ts';
import type { DecisionOutcome } from '../../../shared/contract/decision-desk.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { DecidedWhat, Decision } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { aFinding, aReview, decided, DECIDED_AT_MS } from '../../support/findings.ts';
import { createMailroom, createMemoryVault, type Mailroom } from '../../support/memory-ports.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

const HOUR_MS = 3_600_000;
let api: TestApi;
let first: TestApi;
let personId: string;
let review: Review;
let ports: ActingPorts;
let mailroom: Mailroom;
let warnings: string[];
beforeAll(async () => {
  first = await startTestApi();
});
beforeEach(async () => {
  api = await first.anotherOrganisation();
  api.clock.nowMs = DECIDED_AT_MS;
  mailroom = createMailroom();
  personId = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver' });
  review = aReview(api.orgId);
  warnings = [];
  const target = { writes: api.directory, reads: api.context.readings['directory']! };
  const log = (_fields: object, message: string) => void warnings.push(message);
  ports = {
    repositories: api.repositories,
    connectors: { directory: createDirectoryConnector({ ...target, vault: createMemoryVault() }) },
    notifier: mailroom,
    log: { warn: log, error: log },
    desk: createDecisionDesk(api.context),
  };
});
afterAll(() => first.close());

async function stored(
  what: DecidedWhat,
  more: Partial<Finding> = {},
  decision: Partial<Decision> = {},
): Promise<Finding> {
  const found = aFinding(review, { personId, ...decided(what, decision), ...more });
  await api.repositories.findings.insertMany([found]);
  return found;
}
const now = async ({ id }: Finding): Promise<Finding> =>
  (await api.repositories.findings.get(api.orgId, id))!;
/** One look at a finding as it stands, at this instant. */
async function look(finding: Finding, nowMs: number, more: Partial<ActingPorts> = {}): Promise<Finding> {
  api.clock.nowMs = nowMs;
  const given = await actOnFinding({ ...ports, ...more }, review, await now(finding), nowMs);
  expect(given).toEqual(await now(finding));
  return given;
}
const casesOf = () => api.repositories.cases.list(api.orgId, { personId, limit: 10 });
const accountId = async () =>
  (await api.repositories.people.get(api.orgId, personId))!.accounts[0]!.accountId;
const subjects = () => mailroom.mails.map(({ subject }) => subject);
const address = async () => (await api.repositories.people.get(api.orgId, personId))!.address;
/** By mail program, as anybody may. */
async function signIn(): Promise<void> {
  const secret = 'a long enough secret of somebody';
  await api.directory.setPassword(api.orgId, await accountId(), secret, { effectKey: 'by hand', asOfMs: 0 });
  expect(await api.directory.signIn(api.orgId, await address(), secret)).toMatchObject({ kind: 'signed_in' });
}
const FIRST = DECIDED_AT_MS + 14 * DAY_MS;

describe('an account that is to be disabled', () => {
  test('is warned of 14 and 3 days before, and then locked by a case', async () => {
    const found = await stored({ kind: 'disable' });
    expect(await look(found, DECIDED_AT_MS)).toMatchObject({
      ...{ state: 'warned', nextAtMs: FIRST - 3 * DAY_MS },
      action: { disableAtMs: FIRST, warned: [14] },
    });
    expect(await casesOf()).toEqual([]);
    expect(await look(found, FIRST - 3 * DAY_MS)).toMatchObject({
      ...{ state: 'warned', nextAtMs: FIRST, action: { disableAtMs: FIRST, warned: [14, 3] } },
    });
    const lea = await address();
    expect(mailroom.mails.map(({ to }) => to)).toEqual([[lea], [lea]]);
    expect(subjects()).toEqual([
      `Your account ${lea} will be disabled on 2027-01-25`,
      `Reminder: your account ${lea} will be disabled on 2027-01-25`,
    ]);
    const started = await look(found, FIRST);
    const [record] = await casesOf();
    expect(started).toMatchObject({
      ...{ state: 'started', nextAtMs: FIRST + 60_000 },
      action: { startedAtMs: FIRST, caseId: record!.id, warned: [14, 3] },
    });
    expect(record).toMatchObject({ kind: 'leave', requestedBy: 'own_decider' });
  });

  test.each([
    ['before the first warning', 0],
    ['between the warnings', 1],
    ['right before it would be carried out', 2],
  ])('is left alone by a sign-in %s', async (_when, looks) => {
    const found = await stored({ kind: 'disable' });
    const moments = [DECIDED_AT_MS + 10, FIRST - 3 * DAY_MS, FIRST];
    for (const moment of moments.slice(0, looks)) await look(found, moment);
    api.clock.nowMs = moments[looks]! - 1;
    await signIn();
    const left = await look(found, moments[looks]!);
    expect(left).toMatchObject({ state: 'withdrawn', action: { withdrawnFor: 'SIGNED_IN' } });
    expect(left).not.toHaveProperty('nextAtMs');
    expect([mailroom.mails.length, await casesOf()]).toEqual([looks, []]);
  });

  test('is not left alone by a sign-in before it was decided, to the millisecond', async () => {
    await signIn();
    const found = await stored({ kind: 'disable' });
    expect(await look(found, DECIDED_AT_MS)).toMatchObject({ state: 'warned' });
    api.clock.nowMs = DECIDED_AT_MS + 1;
    await signIn();
    expect(await look(found, FIRST - 3 * DAY_MS)).toMatchObject({ state: 'withdrawn' });
  });

  test('is warned by one mail of one day, where the worker died after it was sent', async () => {
    const found = await stored({ kind: 'disable' });
    let writes = 0;
    const { findings } = api.repositories;
    const dying: typeof findings = {
      ...findings,
      update: (...args) =>
        (writes += 1) === 2 ? Promise.reject(new Error('died')) : findings.update(...args),
    };
    const repositories = { ...api.repositories, findings: dying };
    await expect(look(found, DECIDED_AT_MS, { repositories })).rejects.toThrow('died');
    const warned = await look(found, DECIDED_AT_MS + 5 * HOUR_MS);
    expect(warned).toMatchObject({ state: 'warned', action: { disableAtMs: FIRST } });
    expect(mailroom.mails).toHaveLength(1);
  });

  test('has the time that was promised, where a warning goes out late', async () => {
    const found = await stored({ kind: 'disable' });
    const late = DECIDED_AT_MS + 2 * DAY_MS;
    expect((await look(found, late)).action).toMatchObject({ disableAtMs: late + 14 * DAY_MS });
    const later = late + 13 * DAY_MS;
    const moved = await look(found, later);
    expect(moved).toMatchObject({ state: 'warned', nextAtMs: later + 3 * DAY_MS });
    expect(subjects().at(-1)).toContain('2027-01-29');
    expect(await look(found, later + 3 * DAY_MS)).toMatchObject({ state: 'started' });
  });

  test('is not locked while no server takes a warning, and somebody hears of it in the end', async () => {
    const found = await stored({ kind: 'disable' });
    mailroom.isDown = true;
    const again = await look(found, DECIDED_AT_MS);
    expect(again).toMatchObject({ state: 'decided', nextAtMs: DECIDED_AT_MS + HOUR_MS });
    expect(warnings).toEqual(['a warning was not taken by any server']);
    const last = DECIDED_AT_MS + 4 * DAY_MS;
    expect(await look(found, last - 1)).toMatchObject({ state: 'decided' });
    const refused = await look(found, last);
    expect(refused).toMatchObject({ state: 'refused', action: { fault: { code: 'MAIL_NOT_SENT' } } });
    expect(refused).not.toHaveProperty('nextAtMs');
    expect(await casesOf()).toEqual([]);
  });

  test('is not judged by a target that does not answer', async () => {
    const found = await stored({ kind: 'disable' });
    const connectors = { directory: () => ({ read: () => Promise.reject(new TargetUnavailable('away')) }) };
    await expect(look(found, DECIDED_AT_MS, { connectors: connectors as never })).rejects.toThrow('away');
    await expect(look(found, DECIDED_AT_MS, { connectors: {} })).rejects.toThrow(TargetUnavailable);
    expect([await now(found), mailroom.mails]).toEqual([found, []]);
  });

  test('is left alone where it is disabled by then', async () => {
    const found = await stored({ kind: 'disable' });
    await look(found, DECIDED_AT_MS);
    await api.directory.disable(api.orgId, await accountId(), 'leave', { effectKey: 'by hand', asOfMs: 0 });
    expect(await look(found, FIRST - 3 * DAY_MS)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'ALREADY_SO' } },
    });
  });

  test('is refused where a departure came in between', async () => {
    const found = await stored({ kind: 'disable' });
    for (const moment of [DECIDED_AT_MS, FIRST - 3 * DAY_MS]) await look(found, moment);
    await api.request('POST', '/v1/departures', { personId, lastDay: '2027-06-30', reason: 'moves on' });
    const refused = await look(found, FIRST);
    expect(refused).toMatchObject({
      ...{ state: 'refused', action: { fault: { code: 'DEPARTURE_EXISTS', atMs: FIRST } } },
    });
    expect(refused.action).not.toHaveProperty('startedAtMs');
  });

  test('of somebody who is protected is refused before anybody is warned', async () => {
    const person = (await api.repositories.people.get(api.orgId, personId))!;
    await api.repositories.people.update(api.orgId, personId, person.rev, { protected: true });
    const found = await stored({ kind: 'disable' });
    expect(await look(found, DECIDED_AT_MS)).toMatchObject({
      ...{ state: 'refused', action: { fault: { code: 'PERSON_PROTECTED' } } },
    });
    expect(mailroom.mails).toEqual([]);
  });
});

describe('a review that was cancelled', () => {
  test('withdraws what has not begun', async () => {
    const found = await stored({ kind: 'disable' });
    await look(found, DECIDED_AT_MS);
    review = { ...review, state: 'cancelled' };
    expect(await look(found, FIRST - 3 * DAY_MS)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'REVIEW_CANCELLED' } },
    });
  });

  test('follows what has begun', async () => {
    const found = await stored({ kind: 'start_departure' }, { action: { startedAtMs: DECIDED_AT_MS } });
    review = { ...review, state: 'cancelled' };
    expect(await look(found, DECIDED_AT_MS)).toMatchObject({ state: 'started' });
  });
});

describe('what was decided', () => {
  test('is done at once where it is proven at once', async () => {
    await createTestPerson(api, { accountRole: 'administrator' });
    const found = await stored({ kind: 'change_role', role: 'administrator' });
    const done = await look(found, DECIDED_AT_MS);
    expect(done).toMatchObject({ state: 'done', action: { provenAtMs: DECIDED_AT_MS } });
    expect(done).not.toHaveProperty('nextAtMs');
  });

  test('is withdrawn where it is so already', async () => {
    const found = await stored({ kind: 'change_role', role: 'user' });
    expect(await look(found, DECIDED_AT_MS)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'ALREADY_SO' } },
    });
  });

  test('is carried out once, and as it was begun, where the worker died after the desk', async () => {
    const found = await stored({ kind: 'disable' });
    for (const moment of [DECIDED_AT_MS, FIRST - 3 * DAY_MS]) await look(found, moment);
    let writes = 0;
    const { findings } = api.repositories;
    const dying: typeof findings = {
      ...findings,
      update: (...args) =>
        (writes += 1) === 2 ? Promise.reject(new Error('died')) : findings.update(...args),
    };
    const repositories = { ...api.repositories, findings: dying };
    await expect(look(found, FIRST, { repositories })).rejects.toThrow('died');
    // The case is there: a sign-in comes too late for it.
    api.clock.nowMs = FIRST + 1;
    await signIn();
    const [record] = await casesOf();
    expect(await look(found, FIRST + HOUR_MS)).toMatchObject({
      ...{ state: 'started', action: { startedAtMs: FIRST, caseId: record!.id } },
    });
    expect(await casesOf()).toHaveLength(1);
  });

  test('waits where something else is being done with the person, less and less often', async () => {
    const later = { carryOut: () => Promise.resolve<DecisionOutcome>({ kind: 'later' }) };
    const found = await stored({ kind: 'start_departure' });
    const waiting = await look(found, DECIDED_AT_MS, { desk: later });
    expect(waiting).toMatchObject({ state: 'decided', nextAtMs: DECIDED_AT_MS + 60_000 });
    const hours = DECIDED_AT_MS + 4 * HOUR_MS;
    expect((await look(found, hours, { desk: later })).nextAtMs).toBe(hours + HOUR_MS);
  });

  test('is kept until the beginning of the day, in the zone of the review', async () => {
    const found = await stored({ kind: 'keep', until: '2027-07-01' }, { state: 'kept' });
    for (const moment of [DECIDED_AT_MS, DECIDED_AT_MS + DAY_MS])
      expect(await look(found, moment)).not.toHaveProperty('nextAtMs');
    const kept = await api.repositories.findings.keptOf(api.orgId, [found.key]);
    expect(kept.get(found.key)).toMatchObject({
      ...{ findingId: found.id, reviewId: review.id, untilMs: Date.parse('2027-06-30T22:00:00Z') },
    });
  });

  test('that somebody changed meanwhile is left as it is', async () => {
    const found = await stored({ kind: 'start_departure' });
    const changed = await api.repositories.findings.update(found, { state: 'open', nextAtMs: undefined });
    expect(await actOnFinding(ports, review, found, DECIDED_AT_MS)).toEqual(changed);
    expect(await casesOf()).toEqual([]);
  });

  test('has no instant left where nothing is to be done', async () => {
    const found = await stored({ kind: 'disable' }, { state: 'refused' });
    expect(await look(found, DECIDED_AT_MS)).not.toHaveProperty('nextAtMs');
  });
});

describe('a case that was started', () => {
  const LOCK = ['take-snapshot', 'disable-account', 'revoke-sessions', 'prove-disabled'];
  async function begun(): Promise<Finding> {
    const found = await stored({ kind: 'disable' }, { action: { startedAtMs: DECIDED_AT_MS } });
    return look(found, DECIDED_AT_MS);
  }
  const workflowId = async () => (await casesOf())[0]!.workflowId;

  test('is looked at until it is proven, and tells when that was', async () => {
    const found = await begun();
    const soon = DECIDED_AT_MS + 60_000;
    expect(await look(found, soon)).toMatchObject({ state: 'started', nextAtMs: soon + 60_000 });
    const atMs = soon + 1_000;
    for (const key of LOCK) {
      const news = { key, round: 1, atMs };
      await api.engine.tell(await workflowId(), { kind: 'stepStarted', ...news });
      await api.engine.tell(await workflowId(), { kind: 'stepSettled', outcome: 'done', ...news });
    }
    const done = await look(found, soon + 60_000);
    expect(done).toMatchObject({ state: 'done', action: { provenAtMs: atMs } });
    expect(done).not.toHaveProperty('nextAtMs');
  });

  test('that was called off before has come to nothing', async () => {
    const found = await begun();
    for (const kind of ['cancelled', 'closed'] as const)
      await api.engine.tell(await workflowId(), { kind, atMs: DECIDED_AT_MS + 1 });
    expect(await look(found, DECIDED_AT_MS + 60_000)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'CASE_CANCELLED' } },
    });
  });

  test('of a last day to come is looked at once a day', async () => {
    const found = await stored({ kind: 'start_departure', lastDay: '2027-06-30' });
    await look(found, DECIDED_AT_MS);
    const looked = DECIDED_AT_MS + 60_000;
    expect(await look(found, looked)).toMatchObject({ state: 'started', nextAtMs: looked + DAY_MS });
  });
});
