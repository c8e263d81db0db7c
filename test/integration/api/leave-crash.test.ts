import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { caseWorkflowId, openCaseClaimId } from '../../../shared/domain/ids.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { crashAt } from '../../support/crashing-writes.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** Everything that taking, moving and ending a leave writes through. */
const writers = () => {
  const { claims, guards, audit, cases, idempotency, evidence } = api.repositories;
  return [
    { object: claims, writes: ['take', 'release'] },
    { object: guards, writes: ['admit'] },
    { object: audit, writes: ['append'] },
    { object: cases, writes: ['insert', 'markStarted', 'setRequest'] },
    { object: evidence, writes: ['intend', 'complete'] },
    { object: idempotency, writes: ['begin', 'finish', 'abandon'] },
    { object: api.engine, writes: ['start', 'command'] },
  ];
};

/** Sends, dies at the n-th write, and sends again; gives the second answer, and whether it came to a death. */
async function dyingAt(n: number, when: 'before' | 'after', send: () => ReturnType<TestApi['request']>) {
  const crash = crashAt(n, when, writers());
  const first = await send();
  const died = crash.died();
  crash.restore();
  expect(first.status >= 500).toBe(died);
  api.clock.nowMs += 10_000;
  return { died, again: await send() };
}

const BODY = { reason: 'leave', firstDay: '2027-02-01', returnDay: '2027-03-01' };
const casesOf = async (personId: string) =>
  (await api.request('GET', `/v1/cases?personId=${personId}`)).body['items'] as readonly Json[];

test.each(['before', 'after'] as const)(
  'a leave whose request died right %s any of its writes is taken once by its repetition',
  async (when) => {
    let points = 0;
    for (let died = true; died; points += 1) {
      const personId = await createTestPerson(api);
      const options = { idempotencyKey: newId('key') };
      const done = await dyingAt(points + 1, when, () =>
        api.request('POST', '/v1/leaves', { personId, ...BODY }, options),
      );
      died = done.died;
      expect(done.again.status).toBe(202);
      expect(await casesOf(personId)).toMatchObject([{ id: done.again.body['id'], engine: 'started' }]);
      const claim = await api.repositories.claims.get(openCaseClaimId(api.orgId, personId), api.orgId);
      expect(claim?.holderId).toBe(done.again.body['id']);
    }
    expect(points - 1).toBeGreaterThanOrEqual(6);
  },
);

test.each([
  ['moved', 'before', 'reschedule', { returnDay: '2027-04-01' }],
  ['moved', 'after', 'reschedule', { returnDay: '2027-04-01' }],
  ['ended', 'before', 'end', {}],
  ['ended', 'after', 'end', {}],
] as const)(
  'a leave is %s once, also when the request died right %s any of its writes',
  async (_what, when, command, body) => {
    let points = 0;
    for (let died = true; died; points += 1) {
      const personId = await createTestPerson(api);
      const asked = await api.request('POST', '/v1/leaves', {
        ...{ personId, reason: 'leave' },
        ...(command === 'reschedule' ? BODY : {}),
      });
      const id = String(asked.body['id']);
      const workflowId = caseWorkflowId('leave', api.orgId, id);
      const atMs = api.clock.nowMs;
      await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'take-snapshot', round: 1, atMs });
      const options = { idempotencyKey: newId('key') };
      const before = api.engine.effects.length;
      const done = await dyingAt(points + 1, when, () =>
        api.request('POST', `/v1/leaves/${id}/${command}`, body, options),
      );
      died = done.died;
      expect(done.again).toMatchObject({ status: 200, body: { caseId: id, effect: 'applied' } });
      expect(api.engine.effects.length - before).toBe(1);
      const shown = await api.request('GET', `/v1/cases/${id}`);
      if (command === 'reschedule') expect(shown.body).toMatchObject({ request: body });
      else
        expect(shown.body['steps']).toContainEqual(
          expect.objectContaining({ key: 'end-leave', status: 'attested' }),
        );
    }
    expect(points - 1).toBeGreaterThanOrEqual(4);
  },
);
