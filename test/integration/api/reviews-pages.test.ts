import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { hashOfToken, linkAddress, newLinkToken } from '../../../shared/platform/links/link-token.ts';
import { holdReview, type HeldReview } from '../../support/held-review.ts';
import { aFinding, aReview } from '../../support/review-builders.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let lea: string;
let mona: string;
let paul: string;
let held: HeldReview;
let path: string;
beforeAll(async () => {
  api = await startTestApi();
  lea = await createTestPerson(api, { firstName: 'Lea', lastName: '<Leaver>' });
  mona = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
  paul = await createTestPerson(api, { firstName: 'Paul', lastName: 'Other' });
});
afterAll(() => api.close());
beforeEach(async () => {
  held = await holdReview(api, { personId: lea, reviewerId: mona });
  path = await linkOf(mona);
});

/** The path of the link that a reviewer is sent. */
async function linkOf(reviewerId: string): Promise<string> {
  const token = newLinkToken();
  await api.repositories.reviewLinks.open({
    ...{ id: hashOfToken(token), orgId: api.orgId, reviewId: held.review.id, reviewerId },
    createdAtMs: api.clock.nowMs,
  });
  return new URL(linkAddress('https://gangway.test', 'review', token)).pathname;
}
const open = (query = '') => api.page('GET', `${path}${query}`);
const post = (fields: Readonly<Record<string, string>>, query = '') =>
  api.page('POST', `${path}${query}`, fields);
const DISABLE = { kind: 'disable', reason: 'not needed' };
const fieldsOf = (id: string, values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${id}.${name}`, value]));
/** The part of the page that is about one finding. */
const partOf = (text: string, id: string): string =>
  text.split(`<fieldset id="${id}"`)[1]?.split('<fieldset id=')[0] ?? '';
const byOther = (by: string, more: Partial<Finding> = {}): Partial<Finding> => ({
  ...{ needsSecond: true, state: 'awaiting_second', reviewerId: by },
  decision: {
    kind: 'disable',
    reason: 'left IT',
    by: { ownerId: by, personId: by, via: 'link', scopes: [] },
    atMs: 1,
  },
  ...more,
});

describe('the page', () => {
  test('shows what this reviewer is asked, with everything that can be decided, and decides nothing', async () => {
    const id = await held.found();
    const elsewhere = [await held.found({ reviewerId: paul }), await held.found({ state: 'kept' })];
    const { status, text, headers } = await open();
    expect(status).toBe(200);
    const part = partOf(text, id);
    expect(part).toContain('Lea &lt;Leaver&gt;');
    expect(part).toContain('Nobody signed in for 100 days; 90 days or more are found.');
    expect(part).toMatch(/<dt>Last login at<\/dt>\s*<dd>2026-10-01 00:00 UTC<\/dd>/u);
    expect(part).toContain('Proposed: Disable the account');
    for (const kind of ['', 'keep', 'attest', 'disable', 'start_departure'])
      expect(part).toContain(`name="${id}.kind" value="${kind}"`);
    for (const name of ['until', 'proof', 'lastDay', 'reason'])
      expect(part).toMatch(new RegExp(`<label for="${id}.${name}">`, 'u'));
    expect(part).not.toContain('typedName');
    for (const one of elsewhere) expect(text).not.toContain(one);
    expect(text).toContain('Decide until 2027-01-25 at 10:00 (Europe/Zurich).');
    expect(text).not.toMatch(/<script|src=|https?:/u);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await held.stored(id)).rev).toBe(0);
  });

  test('never shows a reviewer anything about themselves, nor takes it', async () => {
    const own = await held.found({ personId: mona });
    const ownDecided = await held.found(byOther(paul, { personId: mona }));
    const { text } = await open();
    expect(text).not.toContain(own);
    expect(text).not.toContain(ownDecided);
    const replies = [
      await post(fieldsOf(own, DISABLE)),
      await post(fieldsOf(ownDecided, { verdict: 'confirm' })),
    ];
    for (const { status, text: answer } of replies) {
      expect(status).toBe(422);
      expect(answer).toContain('Nobody decides about themselves');
    }
    expect([await held.stored(own), await held.stored(ownDecided)]).toMatchObject([{ rev: 0 }, { rev: 0 }]);
  });

  test('has fifty findings, and a link to the next ones', async () => {
    const many = Array.from({ length: 51 }, () => aFinding(held.review, { personId: lea, reviewerId: mona }));
    await api.repositories.findings.insertMany(many);
    const refused = await held.found({
      state: 'refused',
      action: { fault: { code: 'CASE_EXISTS', atMs: 1 } },
    });
    const idsIn = (text: string) =>
      [...text.matchAll(/<fieldset id="(?<id>fnd_\w+)"/gu)].map((match) => match[1]);
    const first = await open();
    const next = /href="(?<query>\?from=fnd_\w+)"/u.exec(first.text)?.groups?.['query'] ?? '';
    const second = await open(next);
    expect([idsIn(first.text).length, idsIn(second.text).length]).toEqual([50, 2]);
    const all = [...many.map(({ id }) => id), refused].toSorted();
    expect([...idsIn(first.text), ...idsIn(second.text)]).toEqual(all);
    expect(second.text).not.toContain('rel="next"');
    const [last] = idsIn(second.text);
    const saved = await post(fieldsOf(String(last), DISABLE), next);
    expect([saved.status, idsIn(saved.text).length]).toEqual([200, 1]);
  });
});

describe('what is sent', () => {
  test('decides about several at once, as the reviewer, and is for the engine', async () => {
    const [one, other, later] = [await held.found(), await held.found(), await held.found()];
    const { status, text } = await post({
      ...fieldsOf(one, DISABLE),
      // Left over from another choice.
      ...{ [`${one}.until`]: '2027-06-30' },
      ...fieldsOf(other, { kind: 'keep', until: '2027-06-30', reason: 'abroad' }),
      ...fieldsOf(later, { kind: '', reason: '' }),
    });
    expect([status, text.includes('2 decisions were saved.')]).toEqual([200, true]);
    expect(text).not.toContain(one);
    expect(text).toContain(later);
    expect(await held.stored(one)).toMatchObject({
      ...{ state: 'decided', nextAtMs: api.clock.nowMs },
      decision: {
        ...DISABLE,
        by: {
          ...{ ownerId: mona, personId: mona, via: 'link' },
          scopes: ['people:write', 'departures:write', 'cases:write'],
        },
      },
    });
    expect((await held.stored(one)).decision).not.toHaveProperty('until');
    expect(await held.stored(other)).toMatchObject({ state: 'kept', decision: { until: '2027-06-30' } });
    expect((await held.stored(later)).rev).toBe(0);
    expect(held.told()).toBe(1);
    expect(await held.audited(one)).toMatchObject([
      { action: 'finding.decided', actorId: mona, detail: { via: 'link', kind: 'disable' } },
    ]);
  });

  test('with faults is shown again beside its finding as it was entered; the others are decided', async () => {
    const [good, wrong] = [await held.found(), await held.found()];
    const { status, text } = await post({
      ...fieldsOf(good, DISABLE),
      ...fieldsOf(wrong, { kind: 'keep', until: '2020-01-01', reason: '"so" it is' }),
    });
    expect([status, text.includes('1 decision was saved.')]).toEqual([422, true]);
    const part = partOf(text, wrong);
    expect(part).toMatch(/class="error" role="alert">\s*Choose a day from 2027-01-12 to 2030-01-10\./u);
    expect(part).toMatch(/value="keep"\s+checked/u);
    expect(part).toContain('value="2020-01-01"');
    expect(part).toContain('value="&quot;so&quot; it is"');
    expect([(await held.stored(good)).state, (await held.stored(wrong)).state]).toEqual(['decided', 'open']);
  });

  test.each([
    [{ kind: 'disable', reason: '' }, 'Say why'],
    [{ kind: 'keep', reason: 'x' }, 'Say until when'],
    [{ kind: 'attest', reason: 'x' }, 'Say how it can be seen'],
    [{ kind: 'start_departure', reason: 'x', lastDay: 'soon' }, 'not a date that exists'],
    [{ kind: 'remove_alias', reason: 'x' }, 'cannot be decided about what the rule finds'],
    [{ kind: 'burn', reason: 'x' }, 'This is not complete'],
  ])('%j is answered with what is missing', async (values, sentence) => {
    const id = await held.found();
    const { status, text } = await post(fieldsOf(id, values));
    expect(status).toBe(422);
    expect(partOf(text, id)).toContain(sentence);
    expect((await held.stored(id)).rev).toBe(0);
  });

  test('twice has one effect', async () => {
    const id = await held.found();
    await post(fieldsOf(id, DISABLE));
    const again = await post(fieldsOf(id, DISABLE));
    expect([again.status, (await held.stored(id)).rev]).toEqual([200, 1]);
    const another = await post(fieldsOf(id, { kind: 'keep', until: '2027-06-30', reason: 'x' }));
    expect(another.status).toBe(422);
    expect(another.text).toContain('role="alert">');
    expect((await held.stored(id)).state).toBe('decided');
  });

  test('about what somebody else is asked, or another review found, has no effect', async () => {
    const asksPaul = await held.found({ reviewerId: paul });
    const elsewhere = aFinding(aReview(api.orgId, 0), { reviewerId: mona });
    await api.repositories.findings.insertMany([elsewhere]);
    const { status } = await post({ ...fieldsOf(asksPaul, DISABLE), ...fieldsOf(elsewhere.id, DISABLE) });
    expect(status).toBe(422);
    expect([(await held.stored(asksPaul)).rev, (await held.stored(elsewhere.id)).rev]).toEqual([0, 0]);
    expect(held.told()).toBe(0);
  });
});

describe('what somebody else decided about an administrator', () => {
  test('is shown and agreed with, or not', async () => {
    const [yes, no] = [await held.found(byOther(paul)), await held.found(byOther(paul))];
    const own = await held.found(byOther(mona));
    const { text } = await open();
    expect(partOf(text, yes)).toMatch(/<dt>Why<\/dt>\s*<dd>left IT<\/dd>/u);
    expect(text).not.toContain(own);
    const reply = await post({
      ...fieldsOf(yes, { verdict: 'confirm' }),
      ...fieldsOf(no, { verdict: 'reject' }),
    });
    expect([reply.status, reply.text.includes('2 decisions were saved.')]).toEqual([200, true]);
    expect(await held.stored(yes)).toMatchObject({
      ...{ state: 'decided', decision: { second: { ownerId: mona, via: 'link', atMs: api.clock.nowMs } } },
    });
    expect(await held.stored(no)).toMatchObject({ state: 'open' });
    expect(await held.stored(no)).not.toHaveProperty('decision');
  });

  test('is not agreed with by whoever decided it', async () => {
    const own = await held.found(byOther(mona));
    const { status, text } = await post(fieldsOf(own, { verdict: 'confirm' }));
    expect([status, text.includes('the second one is another than the first')]).toEqual([422, true]);
    expect((await held.stored(own)).rev).toBe(0);
  });
});

describe('a link', () => {
  const bothAnswer = async (expected: number, title: string) => {
    const id = await held.found();
    for (const { status, text } of [await open(), await post(fieldsOf(id, DISABLE))]) {
      expect(status).toBe(expected);
      expect(text).toContain(title);
    }
    expect((await held.stored(id)).rev).toBe(0);
  };

  test('that nobody has', async () => {
    path = `/review/${newLinkToken()}`;
    await bothAnswer(404, 'There is no such link');
    path = '/review/short';
    await bothAnswer(404, 'There is no such link');
  });

  test('of a review that is over', async () => {
    await api.repositories.reviews.update(held.review, { state: 'cancelled' });
    await bothAnswer(410, 'The review is over');
  });

  test('that is void', async () => {
    const link = await api.repositories.reviewLinks.find(hashOfToken(path.split('/')[2] ?? ''));
    await api.repositories.reviewLinks.makeVoid(link!, api.clock.nowMs);
    await bothAnswer(410, 'You are not asked any more');
  });

  test('of somebody who left', async () => {
    const gone = await createTestPerson(api);
    path = await linkOf(gone);
    expect((await open()).status).toBe(200);
    await api.repositories.people.update(api.orgId, gone, 0, { status: 'leaving' });
    await bothAnswer(410, 'You are not asked any more');
  });

  test('opens nothing but its page', async () => {
    const token = path.split('/')[2] ?? '';
    for (const page of ['setup', 'confirm'])
      expect((await api.page('GET', `/${page}/${token}`)).status).toBe(404);
    const reply = await api.request('GET', `/v1/reviews/${held.review.id}`, undefined, { key: token });
    expect(reply.status).toBe(401);
  });

  test('after the close decides again what could not be started, and nothing else', async () => {
    const [open1, refused] = [
      await held.found(),
      await held.found({ state: 'refused', action: { fault: { code: 'CASE_EXISTS', atMs: 1 } } }),
    ];
    await api.repositories.reviews.update(held.review, { state: 'carrying_out' });
    const { text } = await open();
    expect(text).not.toContain(open1);
    expect(partOf(text, refused)).toContain('could not be started: The person has an open case already');
    expect((await post(fieldsOf(refused, DISABLE))).status).toBe(200);
    expect((await post(fieldsOf(open1, DISABLE))).status).toBe(422);
    expect((await open()).text).toContain('There is nothing for you to decide here. Thank you.');
  });
});

test('says that something does not answer when the database does not, and nothing of why', async () => {
  const find = api.repositories.reviewLinks.find.bind(api.repositories.reviewLinks);
  api.context.repositories.reviewLinks.find = () => Promise.reject(new Error('secret'));
  const { status, text } = await open();
  api.context.repositories.reviewLinks.find = find;
  expect(status).toBe(500);
  expect(text).not.toContain('secret');
});
