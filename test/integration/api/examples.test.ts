import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EVERY_OPERATION } from '../../../api/every-operation.ts';
import { EXAMPLE } from '../../../api/openapi/example-ids.ts';
import { aDeletion, aPersonWithBelongings } from '../../support/deletion-requests.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';
import { aFinding, aReview } from '../../support/review-builders.ts';
import { uploaded } from '../../support/uploaded-imports.ts';

let api: TestApi;
/** What really is where the examples have Lea, Mona and her departure. */
let real: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await startTestApi({ organisation: { domains: ['example.com', 'harbour.example'], country: 'FR' } });
  const mona = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
  const lea = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver', managerId: mona });
  const departure = await api.request('POST', '/v1/departures', {
    ...{ personId: lea, lastDay: '2027-03-31', reason: 'moves on' },
  });
  const ada = await aPersonWithBelongings(api, { managerId: mona });
  const deletion = await api.request('POST', '/v1/deletions', aDeletion(ada));
  const definition = await api.request('POST', '/v1/reviews/definitions', { name: 'Accounts' });
  const review = aReview(api.orgId, api.clock.nowMs);
  const [finding, otherFinding] = [aFinding(review), aFinding(review)];
  await api.repositories.reviews.insert(review);
  await api.repositories.findings.insertMany([
    ...[finding, otherFinding],
    // For the example that names them by a filter.
    ...[aFinding(review), aFinding(review)],
  ]);
  real = {
    ...{ [EXAMPLE.lea]: lea, [EXAMPLE.mona]: mona, [EXAMPLE.departure]: String(departure.body['id']) },
    [EXAMPLE.deletion]: String(deletion.body['id']),
    ...{ [EXAMPLE.reviewDefinition]: String(definition.body['id']), [EXAMPLE.review]: review.id },
    ...{ [EXAMPLE.finding]: finding.id, [EXAMPLE.otherFinding]: otherFinding.id },
    [EXAMPLE.import]: await uploaded(api, 'Vorname,Kolonne 2,Nachname,Bemerkung\nLea,Leaver,x,y\n'),
  };
});
afterAll(() => api.close());

function asItIs(text: string): string {
  return Object.entries(real).reduce((before, [shown, id]) => before.replaceAll(shown, id), text);
}

/** Sends every example of an operation to the address its parameters show. */
async function sendExamples(name: string): Promise<readonly unknown[]> {
  const { method, path, params = {}, body } = EVERY_OPERATION[name]!;
  const address = path.replace(/:(\w+)/gu, (_part, param: string) => params[param]?.example ?? '');
  const results: unknown[] = [];
  for (const [what, example] of Object.entries(body?.examples ?? { 'no body': undefined })) {
    const sent = example === undefined ? undefined : (JSON.parse(asItIs(JSON.stringify(example))) as Json);
    const idempotencyKey = `${name} ${what}`.replaceAll(' ', '-');
    const reply = await api.request(method.toUpperCase(), asItIs(address), sent, { idempotencyKey });
    results.push([what, reply.status < 300 ? 'taken' : reply.body]);
  }
  return results;
}

const taken = (name: string): readonly unknown[] =>
  Object.keys(EVERY_OPERATION[name]?.body?.examples ?? { 'no body': 0 }).map((what) => [what, 'taken']);

test.each([
  'simulateDeparture',
  'simulateDeletion',
  'nameDeletionRecipient',
  'restoreDeletion',
  'createPerson',
  'explainNaming',
  'previewAddress',
  'updatePerson',
  'giveSetupLink',
  'addAlias',
  'removeAlias',
  'setQuota',
  'setPersonPassword',
  'listChanges',
  'updateOrganisation',
  'createApiKey',
  'addAppPassword',
  'addOauthGrant',
  'addLink',
  'addRecoveryMeans',
  'setProtocols',
  'setMemberships',
  'setDelegations',
  'deliverMail',
  'changeImport',
  'correctMapping',
  'listImports',
  'getImport',
  'listImportRows',
  'tryImport',
  'pauseImport',
  'resumeImport',
  'abortImport',
  'createReviewDefinition',
  'listReviewDefinitions',
  'getReviewDefinition',
  'changeReviewDefinition',
  'pauseReviewDefinition',
  'resumeReviewDefinition',
  'triggerReview',
  'removeReviewDefinition',
  'listReviewRules',
  'listReviews',
  'getReview',
  'listFindings',
  'getFinding',
  'decideFindings',
  'cancelReview',
  'freezeOrganisation',
  'unfreezeOrganisation',
  'pauseDeparture',
  'resumeDeparture',
  'placeLegalHold',
  'liftLegalHold',
  'rescheduleDeparture',
  'skipStep',
  'getDeparture',
  'getChecklist',
  'getEvidence',
  'undoDeparture',
  'makeProcedure',
  'putProcedureInForce',
  'listProcedures',
  'getProcedure',
  'getProcedureInForce',
])('the examples of %s are taken as they stand', async (name) => {
  expect(await sendExamples(name)).toEqual(taken(name));
});
