import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import { crashAt } from '../../support/crashing-writes.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await api.request('PUT', '/v1/templates/sales', { groups: ['crm'], lists: ['orders'] });
  await api.request('PUT', '/v1/templates/support', { groups: ['helpdesk'], lists: [] });
});
afterAll(() => api.close());

/** Everything that asking for a role change, or changing an open one, writes through. */
const writers = () => {
  const { cases, claims, audit, idempotency } = api.repositories;
  return [
    { object: cases, writes: ['insert', 'markStarted', 'setRequest', 'takeRevision', 'forgetTaken'] },
    { object: claims, writes: ['take', 'release'] },
    { object: audit, writes: ['append'] },
    { object: idempotency, writes: ['begin', 'finish', 'abandon'] },
  ];
};

test.each(['before', 'after'] as const)(
  'a request that died right %s any of its writes is finished by its repetition: one case, one claim, one workflow',
  async (when) => {
    let points = 0;
    for (let died = true; died; points += 1) {
      const personId = await createTestPerson(api);
      const body = { personId, to: 'sales', from: 'support', date: '2027-02-01' };
      const send = () =>
        api.request('POST', '/v1/role-changes', body, { idempotencyKey: `${when}-${points}` });
      const crash = crashAt(points + 1, when, writers());
      const first = await send();
      died = crash.died();
      crash.restore();
      expect(first.status).toBe(died ? 500 : 202);
      api.clock.nowMs += 10_000;

      const again = await send();
      expect(again.status).toBe(202);
      const id = String(again.body['id']);
      const found = await api.request('GET', `/v1/cases?personId=${personId}`);
      expect(found.body['items']).toMatchObject([{ id, engine: 'started' }]);
      const claim = await api.repositories.claims.get(openCaseClaimId(api.orgId, personId), api.orgId);
      expect(claim?.holderId).toBe(id);
      expect(api.engine.startedIds.filter((one) => one.endsWith(id))).toHaveLength(1);
    }
    // The last round had no write left to die at.
    expect(points - 1).toBeGreaterThanOrEqual(6);
  },
);

test.each(['before', 'after'] as const)(
  'an extension that died right %s any of its writes is finished by its repetition',
  async (when) => {
    let points = 0;
    for (let died = true; died; points += 1) {
      const personId = await createTestPerson(api);
      const asked = { personId, to: 'sales', from: 'support', date: '2027-02-01' };
      const { body } = await api.request('POST', '/v1/role-changes', asked);
      const id = String(body['id']);
      const path = `/v1/role-changes/${id}/extend`;
      const send = () =>
        api.request('POST', path, { overlapDays: 30 }, { idempotencyKey: `e-${when}-${points}` });
      const crash = crashAt(points + 1, when, writers());
      const first = await send();
      died = crash.died();
      crash.restore();
      expect(first.status).toBe(died ? 500 : 200);
      api.clock.nowMs += 10_000;

      expect((await send()).status).toBe(200);
      const { body: after } = await api.request('GET', `/v1/cases/${id}`);
      expect(after).toMatchObject({ request: { overlapDays: 30 }, plan: { version: 2 } });
    }
    expect(points - 1).toBeGreaterThanOrEqual(4);
  },
);
