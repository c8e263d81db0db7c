import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRequested } from '../../../api/cases/start-requested.ts';
import { endTimes } from '../../../api/departures/end-of-time.ts';
import type { CaseRecord } from '../../../shared/domain/case-record.ts';
import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import { aPersonWithBelongings } from '../../support/deletion-requests.ts';
import { asking, assertRepaired, type WritingCommand } from '../../support/fault-points.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ ownDatabase: true });
});
afterAll(() => api.close());

/** What is asked for, by where. */
const REQUESTS = {
  onboardings: {
    ...{ firstName: 'Nina', lastName: 'New', externalId: 'new', firstDay: '2027-03-01' },
    ...{ aliases: ['nina@harbour.example'] },
  },
  'role-changes': { to: 'sales', from: 'support', date: '2027-02-01' },
  leaves: { reason: 'leave', firstDay: '2027-02-01', returnDay: '2027-03-01' },
  deletions: { typedName: 'Ada Lovelace', reason: 'made by mistake' },
  departures: { lastDay: '2027-03-31', reason: 'moves on' },
} as const;
type Plural = keyof typeof REQUESTS;

/** Whom a case is to be for, or who is to be the manager. */
async function somebody(own: TestApi): Promise<string> {
  await own.request('PUT', '/v1/templates/sales', { groups: ['crm'], lists: ['orders'] });
  await own.request('PUT', '/v1/templates/support', { groups: ['helpdesk'], lists: [] });
  const managerId = await createTestPerson(own, { address: 'grace@harbour.example' });
  return aPersonWithBelongings(own, { managerId, address: 'ada@harbour.example' });
}
const bodyOf = (plural: Plural, personId: string): Json => ({
  ...REQUESTS[plural],
  ...(plural === 'onboardings' ? { managerId: personId } : { personId }),
});

const asked = (plural: Plural): WritingCommand<string> => ({
  name: plural,
  prepare: somebody,
  send: asking((personId) => ['POST', `/v1/${plural}`, bodyOf(plural, personId)]),
  // Said by the attempt that decided them.
  mayDiffer: { members: ['naming', 'warnings', 'namingWarnings', 'aliasesLeftOut'] },
  async check(own, _personId, { body: { id, personId } }) {
    const claim = await own.repositories.claims.get(openCaseClaimId(own.orgId, String(personId)), own.orgId);
    expect(claim?.holderId).toBe(id);
    expect(own.engine.startedIds.filter((one) => one.endsWith(String(id)))).toHaveLength(1);
  },
});

/** A case that was taken, and perhaps has begun a step. */
async function taken(own: TestApi, plural: Plural, begun?: string): Promise<CaseRecord> {
  const { body } = await own.request('POST', `/v1/${plural}`, bodyOf(plural, await somebody(own)));
  const record = (await own.repositories.cases.get(own.orgId, String(body['id'])))!;
  const atMs = own.clock.nowMs;
  if (begun !== undefined)
    await own.engine.tell(record.workflowId, { kind: 'stepStarted', key: begun, round: 1, atMs });
  return record;
}
const told = (plural: Plural, command: string, body: Json, begun?: string): WritingCommand<CaseRecord> => ({
  name: `${plural} ${command}`,
  prepare: (own) => taken(own, plural, begun),
  send: asking(({ id }) => ['POST', `/v1/${plural}/${id}/${command}`, body]),
});

test.each(Object.keys(REQUESTS).map((plural) => asked(plural as Plural)))(
  '$name: dead after any of its writes and sent again, it is one case',
  (command) => assertRepaired(api, command),
);

test.each([
  told('onboardings', 'reschedule', { firstDay: '2027-04-01' }),
  told('role-changes', 'extend', { overlapDays: 30 }),
  told('role-changes', 'reschedule', { date: '2027-02-15' }),
  told('leaves', 'reschedule', { returnDay: '2027-04-01' }, 'take-snapshot'),
  told('leaves', 'end', {}, 'take-snapshot'),
  told('deletions', 'decisions', { files: false }),
  told('deletions', 'restore', { reason: 'the other Ada' }, 'disable-account'),
  {
    ...told('onboardings', 'cancel', {}, 'reserve-names'),
    send: asking<CaseRecord>(({ id }) => ['POST', `/v1/cases/${id}/cancel`, { reason: 'does not come' }]),
  },
])('$name: dead after any of its writes and sent again, it is told once', (command) =>
  assertRepaired(api, command),
);

const shortForm = (what: 'disable' | 'enable', body: Json): WritingCommand<string> => ({
  name: `people ${what}`,
  async prepare(own) {
    if (what === 'disable') return somebody(own);
    const { personId } = await taken(own, 'leaves', 'take-snapshot');
    return personId;
  },
  send: asking((id) => ['POST', `/v1/people/${id}/${what}`, body]),
  mayDiffer: { members: ['warnings'] },
});
test.each([shortForm('disable', { reason: 'leave' }), shortForm('enable', {})])(
  '$name: dead after any of its writes and sent again, it is one leave',
  (command) => assertRepaired(api, command),
);

test('a time that ends: dead after any of its writes, the next look makes it one departure', () =>
  assertRepaired(api, {
    name: 'end of time',
    async prepare(own) {
      await createTestPerson(own, { endsOn: '2027-01-20', address: 'ada@harbour.example' });
      own.clock.nowMs = Date.parse('2027-01-20T09:00:00Z');
    },
    async send(own) {
      await endTimes(own.context, () => false);
      return undefined;
    },
    background: (own) => startRequested(own.context, () => false),
  }));
