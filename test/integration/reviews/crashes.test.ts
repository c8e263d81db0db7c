import { createHash } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { newApiKey } from '../../../api/keys/new-api-key.ts';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import { openReviewClaimId } from '../../../shared/domain/ids.ts';
import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import { REPORT_FORMATS } from '../../../shared/domain/reviews/review.ts';
import { comparable } from '../../support/comparable.ts';
import { dyingOnceOfEach, immortal, type Mortality } from '../../support/every-write.ts';
import { documentsOf } from '../../support/everything-stored.ts';
import { defineReview } from '../../support/review-definitions.ts';
import { idOf, personIdOf, settleSmallOrganisation, signIn } from '../../support/small-organisation.ts';
import { NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';
import { liveReview, type ReviewEvent, type ReviewScene } from '../../support/whole-review.ts';

/** The same in every round, and alone in its database: ids of findings follow from it. */
const ORG_ID = idOf('org', 'small');
const after = (days: number): number => NOW_MS + days * DAY_MS;

let api: TestApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

interface Sent {
  readonly name: string;
  readonly action: 'decision' | 'confirm';
  readonly body: Json;
  readonly key: string;
}

async function send(scene: ReviewScene, { name, action, body, key }: Sent): Promise<void> {
  const { api, reviewId } = scene;
  const { id } = await scene.findingOf(personIdOf(name));
  const path = `/v1/reviews/${reviewId}/findings/${id}/${action}`;
  const idempotencyKey = `${action}-${name}-${api.clock.nowMs}`;
  const reply = await api.request('POST', path, body, { key, idempotencyKey });
  if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`);
}

async function leave({ api: { repositories, orgId } }: ReviewScene, name: string): Promise<void> {
  const { id, rev } = (await repositories.people.get(orgId, personIdOf(name)))!;
  await repositories.people.update(orgId, id, rev, { status: 'departed' });
}

/** What people do while the review is held. Ute, Rob and whoever has the account of nobody are never decided. */
function eventsOf(hr: string, boss: string): readonly ReviewEvent[] {
  const decided = (days: number, name: string, what: Json): ReviewEvent => {
    const body = { ...what, reason: 'looked at it' };
    return {
      atMs: after(days),
      happens: (scene) => send(scene, { name, action: 'decision', body, key: hr }),
    };
  };
  return [
    decided(1, 'Kim', { kind: 'keep', until: '2027-06-30' }),
    decided(1.1, 'Alan', { kind: 'remove_alias' }),
    decided(1.2, 'Lea', { kind: 'disable' }),
    decided(1.3, 'Sam', { kind: 'disable' }),
    // Protected: it is refused.
    decided(1.4, 'Pia', { kind: 'disable' }),
    decided(1.5, 'Adam', { kind: 'change_role', role: 'user' }),
    // Nobody agrees.
    decided(1.6, 'Ruth', { kind: 'keep', until: '2027-06-30' }),
    decided(1.7, 'Dora', { kind: 'start_departure' }),
    {
      atMs: after(2),
      happens: (scene) => send(scene, { name: 'Adam', action: 'confirm', body: {}, key: boss }),
    },
    decided(2.1, 'Pia', { kind: 'attest', proof: 'Ticket 12' }),
    { atMs: after(3), happens: (scene) => leave(scene, 'Mona') },
    { atMs: after(5), happens: (scene) => signIn(scene.api, 'Sam') },
  ];
}

async function keyOf({ repositories, orgId }: TestApi, ownerName: string): Promise<string> {
  const owner = { orgId, ownerId: idOf('own', ownerName), ownerName, scopes: ALL_SCOPES };
  const { key, text } = newApiKey({ ...owner, createdAtMs: 0 }, idOf('key', ownerName));
  await repositories.apiKeys.insert(key);
  return text;
}

/** They count tries, or are random. */
const NOT_COMPARED = new Set(['rev', 'ETag', 'passwordHash', 'sessions', 'sealed', 'nonce', 'tag']);

async function live(mortality: Mortality) {
  const own = await startTestApi({ ownDatabase: true, organisation: { id: ORG_ID } });
  api = own;
  own.clock.nowMs = after(-60);
  await settleSmallOrganisation(own);
  own.clock.nowMs = NOW_MS;
  const { id: definitionId } = await defineReview(own, ORG_ID, {
    ...{ id: idOf('rvd', 'small'), createdAtMs: NOW_MS },
    only: ['never_used', 'administrator', 'alias_of_no_name', 'orphan_account'],
    reviewers: { kind: 'managers', fallbackId: personIdOf('Fay') },
  });
  const events = eventsOf(await keyOf(own, 'HR'), await keyOf(own, 'Boss'));
  const lived = await liveReview(own, { definitionId, events }, mortality);
  const documents = (await documentsOf(own.repositories, ORG_ID)).filter(([name]) => name !== 'apiKeys');
  const mails = own.mailroom.mails.map((mail) => ['mail', mail] as const);
  const links = documents.flatMap(([name, link]) => (name === 'review_links' ? [link] : []));
  const lives = {
    ...{ ...lived, deaths: mortality.deaths, hashes: await hashesOf(own, lived.review.id) },
    areLinksVoid: links.map(({ voidAtMs }) => voidAtMs !== undefined),
    claim: await own.repositories.claims.get(openReviewClaimId(ORG_ID, definitionId), ORG_ID),
    end: comparable([...documents, ...mails], ORG_ID, NOT_COMPARED, { isOfOneClock: true }),
  };
  await own.close();
  api = undefined;
  return lives;
}

/** Of the reports as they are stored. */
async function hashesOf({ repositories: { reviewReports } }: TestApi, reviewId: string) {
  const hashed = REPORT_FORMATS.map(async (format) => {
    const text = await reviewReports.readPart(ORG_ID, reviewId, format, 1);
    return text && createHash('sha256').update(text).digest('hex');
  });
  return Promise.all(hashed);
}

const LIMIT_MS = 120_000;
const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, one) => all + one, 0);
const inOrder = (counts: ReadonlyMap<string, number>) => Object.fromEntries([...counts].toSorted());

test(
  'a review that dies after any of its writes comes to the same end, tells everybody once, and opens its place to the next one',
  async () => {
    const calm = await live(immortal());
    const shaken = await live(dyingOnceOfEach());
    // What a case says of itself stands in the place of a write that would have followed.
    const rest = await live(dyingOnceOfEach((name) => !shaken.deaths.has(name)));
    const deaths = new Map([...shaken.deaths, ...rest.deaths]);
    for (const { end, review, hashes, claim, areLinksVoid } of [shaken, rest]) {
      expect(end).toEqual(calm.end);
      expect(review).toMatchObject({
        ...{ state: 'completed', reviewed: { people: 12, accounts: 13 } },
        ended: { kept: 1, attested: 1, done: 4, withdrawn: 1, defaulted: 4 },
      });
      expect(Object.values(review.reports ?? {}).map(({ sha256 }) => sha256)).toEqual(hashes);
      expect([claim, areLinksVoid]).toEqual([undefined, [true, true]]);
    }
    expect([shaken.deaths.has('cases.updateOne'), [...rest.deaths.keys()]]).toEqual([
      ...[false, ['cases.updateOne']],
    ]);
    // Every mail to a reviewer opens the link that is there.
    expect(inOrder(deaths)).toEqual({ ...inOrder(calm.written), 'review_links.insertOne': 2 });
    process.stdout.write(`a review: ${sum(deaths)} points, ${sum(deaths)} repaired\n`);
  },
  LIMIT_MS,
);
