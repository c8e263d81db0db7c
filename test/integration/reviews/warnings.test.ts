import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import { actingScene, type ActingScene } from '../../support/acting-scene.ts';
import { decided, DECIDED_AT_MS } from '../../support/findings.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';

const HOUR_MS = 3_600_000;
const FIRST = DECIDED_AT_MS + 14 * DAY_MS;
let first: TestApi;
let scene: ActingScene;
beforeAll(async () => {
  first = await startTestApi();
});
beforeEach(async () => {
  scene = await actingScene(first);
});
afterAll(() => first.close());

describe('an account that is to be disabled', () => {
  test('is warned of 14 and 3 days before, and then locked by a case', async () => {
    const found = await scene.stored({ kind: 'disable' });
    expect(await scene.look(found, DECIDED_AT_MS)).toMatchObject({
      ...{ state: 'warned', nextAtMs: FIRST - 3 * DAY_MS },
      action: { disableAtMs: FIRST, warned: [14] },
    });
    expect(await scene.casesOf()).toEqual([]);
    expect(await scene.look(found, FIRST - 3 * DAY_MS)).toMatchObject({
      ...{ state: 'warned', nextAtMs: FIRST, action: { disableAtMs: FIRST, warned: [14, 3] } },
    });
    const lea = (await scene.person()).address;
    expect(scene.mailroom.mails.map(({ to }) => to)).toEqual([[lea], [lea]]);
    expect(scene.subjects()).toEqual([
      `Your account ${lea} will be disabled on 2027-01-25`,
      `Reminder: your account ${lea} will be disabled on 2027-01-25`,
    ]);
    const started = await scene.look(found, FIRST);
    const [record] = await scene.casesOf();
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
    const found = await scene.stored({ kind: 'disable' });
    const moments = [DECIDED_AT_MS + 10, FIRST - 3 * DAY_MS, FIRST];
    for (const moment of moments.slice(0, looks)) await scene.look(found, moment);
    scene.api.clock.nowMs = moments[looks]! - 1;
    await scene.signIn();
    const left = await scene.look(found, moments[looks]!);
    expect(left).toMatchObject({ state: 'withdrawn', action: { withdrawnFor: 'SIGNED_IN' } });
    expect(left).not.toHaveProperty('nextAtMs');
    expect([scene.mailroom.mails.length, await scene.casesOf()]).toEqual([looks, []]);
  });

  test('is not left alone by a sign-in before it was decided, to the millisecond', async () => {
    await scene.signIn();
    const found = await scene.stored({ kind: 'disable' });
    expect(await scene.look(found, DECIDED_AT_MS)).toMatchObject({ state: 'warned' });
    scene.api.clock.nowMs = DECIDED_AT_MS + 1;
    await scene.signIn();
    expect(await scene.look(found, FIRST - 3 * DAY_MS)).toMatchObject({ state: 'withdrawn' });
  });

  test('is warned by one mail of one day, where the worker died after it was sent', async () => {
    const found = await scene.stored({ kind: 'disable' });
    await expect(scene.look(found, DECIDED_AT_MS, scene.dyingAt(2))).rejects.toThrow('died');
    const warned = await scene.look(found, DECIDED_AT_MS + 5 * HOUR_MS);
    expect(warned).toMatchObject({ state: 'warned', action: { disableAtMs: FIRST } });
    expect(scene.mailroom.mails).toHaveLength(1);
  });

  test('has the time that was promised, where a warning goes out late', async () => {
    const found = await scene.stored({ kind: 'disable' });
    const late = DECIDED_AT_MS + 2 * DAY_MS;
    expect((await scene.look(found, late)).action).toMatchObject({ disableAtMs: late + 14 * DAY_MS });
    const later = late + 13 * DAY_MS;
    const moved = await scene.look(found, later);
    expect(moved).toMatchObject({ state: 'warned', nextAtMs: later + 3 * DAY_MS });
    expect(scene.subjects().at(-1)).toContain('2027-01-29');
    expect(await scene.look(found, later + 3 * DAY_MS)).toMatchObject({ state: 'started' });
  });

  test('is not locked while no server takes a warning, and somebody hears of it in the end', async () => {
    const found = await scene.stored({ kind: 'disable' });
    scene.mailroom.isDown = true;
    const again = await scene.look(found, DECIDED_AT_MS);
    expect(again).toMatchObject({ state: 'decided', nextAtMs: DECIDED_AT_MS + HOUR_MS });
    expect(scene.warnings).toEqual(['a warning was not taken by any server']);
    const last = DECIDED_AT_MS + 4 * DAY_MS;
    expect(await scene.look(found, last - 1)).toMatchObject({ state: 'decided' });
    const refused = await scene.look(found, last);
    expect(refused).toMatchObject({ state: 'refused', action: { fault: { code: 'MAIL_NOT_SENT' } } });
    expect(refused).not.toHaveProperty('nextAtMs');
    expect(await scene.casesOf()).toEqual([]);
  });

  test('is not judged by a target that does not answer', async () => {
    const found = await scene.stored({ kind: 'disable' });
    const connectors = { directory: () => ({ read: () => Promise.reject(new TargetUnavailable('away')) }) };
    await expect(scene.look(found, DECIDED_AT_MS, { connectors: connectors as never })).rejects.toThrow(
      'away',
    );
    await expect(scene.look(found, DECIDED_AT_MS, { connectors: {} })).rejects.toThrow(TargetUnavailable);
    expect([await scene.now(found), scene.mailroom.mails]).toEqual([found, []]);
  });

  test('is left alone where it is disabled by then', async () => {
    const found = await scene.stored({ kind: 'disable' });
    await scene.look(found, DECIDED_AT_MS);
    await scene.api.directory.disable(scene.api.orgId, await scene.accountId(), 'leave', {
      effectKey: 'by hand',
      asOfMs: 0,
    });
    expect(await scene.look(found, FIRST - 3 * DAY_MS)).toMatchObject({
      ...{ state: 'withdrawn', action: { withdrawnFor: 'ALREADY_SO' } },
    });
  });

  test('is refused where a departure came in between', async () => {
    const found = await scene.stored({ kind: 'disable' });
    for (const moment of [DECIDED_AT_MS, FIRST - 3 * DAY_MS]) await scene.look(found, moment);
    await scene.api.request('POST', '/v1/departures', {
      personId: scene.personId,
      lastDay: '2027-06-30',
      reason: 'moves on',
    });
    const refused = await scene.look(found, FIRST);
    expect(refused).toMatchObject({
      ...{ state: 'refused', action: { fault: { code: 'DEPARTURE_EXISTS', atMs: FIRST } } },
    });
    expect(refused.action).not.toHaveProperty('startedAtMs');
  });

  test('is warned again where somebody decided it once more, as that is another day', async () => {
    const found = await scene.stored({ kind: 'disable' });
    await scene.look(found, DECIDED_AT_MS);
    const refused = await scene.api.repositories.findings.update(await scene.now(found), {
      ...{ state: 'refused', nextAtMs: undefined },
    });
    const atMs = DECIDED_AT_MS + 20 * DAY_MS;
    await scene.api.repositories.findings.update(refused!, {
      ...decided({ kind: 'disable' }, { atMs }),
      action: undefined,
    });
    const again = await scene.look(found, atMs);
    expect(again).toMatchObject({ state: 'warned', action: { disableAtMs: atMs + 14 * DAY_MS } });
    expect(scene.mailroom.mails).toHaveLength(2);
  });

  test('of somebody who is protected is refused before anybody is warned', async () => {
    const person = (await scene.api.repositories.people.get(scene.api.orgId, scene.personId))!;
    await scene.api.repositories.people.update(scene.api.orgId, scene.personId, person.rev, {
      protected: true,
    });
    const found = await scene.stored({ kind: 'disable' });
    expect(await scene.look(found, DECIDED_AT_MS)).toMatchObject({
      ...{ state: 'refused', action: { fault: { code: 'PERSON_PROTECTED' } } },
    });
    expect(scene.mailroom.mails).toEqual([]);
  });
});
