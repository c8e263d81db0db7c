import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectId } from '../../shared/domain/ids.ts';
import type { Handover } from '../../shared/domain/handover.ts';
import { findReferences } from '../../shared/platform/references/find-references.ts';
import { DAY, HOUR, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { createPerson } from '../support/people.ts';
import { defineReview } from '../support/review-definitions.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { aCase } from '../support/test-repositories.ts';
import { asDeparture } from '../support/as-departure.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const KEY = 'reassign-references';
const EVERYTHING = ['contact', 'fallback', 'notification', 'redirect', 'report', 'reviewer', 'successor'];
const personOf = async (orgId: string, id: string) => (await engine.repositories.people.get(orgId, id))!;

/** Somebody else's open departure in which the leaver has every role. */
async function otherDeparture({ orgId, person }: TestDeparture, personId?: string): Promise<string> {
  const other = aCase(orgId, { state: 'running', ...(personId === undefined ? {} : { personId }) });
  const autoReply = { subject: 'Away', text: `Write to Lea Leaver, ${person.address}.`, days: 30 };
  const redirect = { to: person.address, toPersonId: person.id, outside: false, reason: 'x' };
  const request = {
    ...other.request,
    ...{ successorId: person.id, contactPersonId: person.id, autoReply },
    redirect: { ...redirect, keepCopy: true, days: 30, outliveAccount: false },
  };
  await engine.repositories.cases.insert({ ...other, engine: 'started', request });
  return other.id;
}

async function pointingAt({ orgId, person }: TestDeparture): Promise<readonly string[]> {
  const { repositories } = engine;
  const organisation = (await repositories.organisations.get(orgId))!;
  const found = await findReferences(repositories, organisation, await personOf(orgId, person.id));
  return found.map(({ kind }) => kind).toSorted();
}

async function notify({ orgId }: TestDeparture, addresses: readonly string[]): Promise<void> {
  const { organisations } = engine.repositories;
  const { rev } = (await organisations.get(orgId))!;
  await organisations.update(orgId, rev, { notificationAddresses: addresses });
}

test('a successor or contact who leaves too is replaced everywhere, and put back by an undo', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person, manager, caseId } = departure;
  const otherId = await otherDeparture(departure);
  await notify(departure, ['it@example.test', person.address]);
  const { rev } = (await engine.repositories.organisations.get(orgId))!;
  await engine.repositories.organisations.update(orgId, rev, { fallbackRecipientId: person.id });
  const reviewers = { kind: 'person', personId: person.id, fallbackId: person.id } as const;
  const definition = await defineReview(engine, orgId, { reviewers });
  expect(await pointingAt(departure)).toEqual(EVERYTHING);
  const before = (await engine.repositories.cases.get(orgId, otherId))!.request;
  const [report] = await engine.repositories.people.listReports(orgId, person.id, undefined, 5);

  await departure.forwardTo(HOUR);
  expect(await departure.step(KEY)).toMatchObject({ status: 'done' });
  expect(await pointingAt(departure)).toEqual([]);
  expect((await personOf(orgId, report!.id)).managerId).toBe(manager.id);
  const { request } = asDeparture(await engine.repositories.cases.get(orgId, otherId));
  expect(request).toMatchObject({ successorId: manager.id, contactPersonId: manager.id });
  expect(request.redirect).toMatchObject({ to: manager.address, toPersonId: manager.id });
  expect(request.autoReply?.text).toBe(`Write to Mona Manager, ${manager.address}.`);
  const organisation = await engine.repositories.organisations.get(orgId);
  expect(organisation?.notificationAddresses).toEqual(['it@example.test', manager.address]);
  expect(organisation?.fallbackRecipientId).toBe(manager.id);
  const given = { kind: 'person', personId: manager.id, fallbackId: manager.id };
  expect(await engine.repositories.reviews.getDefinition(orgId, definition.id)).toMatchObject({
    reviewers: given,
    unheard: true,
  });
  const evidence = await engine.repositories.evidence.get(orgId, effectId(caseId, KEY, 1));
  const handed = evidence?.proof?.['given'] as readonly { readonly before: string; readonly after: string }[];
  expect(handed).toHaveLength(7);
  expect(handed.every(({ before: was, after }) => was === person.id && after === manager.id)).toBe(true);

  await departure.undo();
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('undone');
  expect(await pointingAt(departure)).toEqual(EVERYTHING);
  expect((await engine.repositories.cases.get(orgId, otherId))!.request).toEqual(before);
});

test('what somebody changed since stays so on the way back', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  const [report] = await engine.repositories.people.listReports(orgId, person.id, undefined, 5);
  await departure.forwardTo(HOUR);
  const { rev } = await personOf(orgId, report!.id);
  await engine.repositories.people.update(orgId, report!.id, rev, { managerId: 'per_somebody' });
  await departure.undo();
  await departure.until((record) => record.closedAtMs !== undefined);
  expect((await personOf(orgId, report!.id)).managerId).toBe('per_somebody');
});

test('is red while nobody can take something over, and green once a person saw to it', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  const { orgId, person, manager } = departure;
  const [report] = await engine.repositories.people.listReports(orgId, person.id, undefined, 5);
  const { rev } = await personOf(orgId, manager.id);
  await engine.repositories.people.update(orgId, manager.id, rev, { status: 'departed' });
  await departure.forwardTo(DAY / 2);
  const red = await departure.until((record) => statusOf(record, KEY) === 'failed');
  expect(red.needsAttention).toBe(true);
  expect(await departure.step(KEY)).toMatchObject({ errorCode: 'REFERENCES_LEFT' });
  expect(await departure.step('prove-day-0')).toMatchObject({ status: 'done' });

  const now = await personOf(orgId, report!.id);
  await engine.repositories.people.update(orgId, report!.id, now.rev, { managerId: undefined });
  await departure.command('retryStep', { actorId: 'own_hr', stepKey: KEY });
  await departure.until((record) => statusOf(record, KEY) === 'done');
});

test('asks a person who receives what a leaver was to receive, instead of giving it to the next in line', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  const { orgId, person } = departure;
  const handover: Handover = {
    recipient: 'named',
    recipientId: person.id,
    day: 7,
    calendars: 'handOver',
    meetings: 'handOver',
    targets: { directory: { files: 'yes' } },
  };
  const plan = departure.plan({ handover: { day: 7, targets: handover.targets, askRecipient: false } }).plan;
  const other = aCase(orgId, { state: 'running', plan });
  const request = { ...other.request, handover };
  await engine.repositories.cases.insert({ ...other, engine: 'started', request });
  expect(await pointingAt(departure)).toEqual(['recipient', 'report']);

  await departure.forwardTo(DAY / 2);
  await departure.until((record) => statusOf(record, KEY) === 'failed');
  expect(await departure.step(KEY)).toMatchObject({ errorCode: 'REFERENCES_LEFT' });
  expect(await pointingAt(departure)).toEqual(['recipient']);

  const named = { ...request, handover: { ...handover, recipientId: departure.manager.id } };
  const { rev } = (await engine.repositories.cases.get(orgId, other.id))!;
  await engine.repositories.cases.setRequest(orgId, other.id, rev, named);
  await departure.command('retryStep', { actorId: 'own_hr', stepKey: KEY });
  await departure.until((record) => statusOf(record, KEY) === 'done');
});

test('a reply and a redirect that run already name the heir from then on', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person, manager } = departure;
  const colleague = await createPerson(engine, orgId, { firstName: 'Cy', lastName: 'Gone', role: 'user' });
  const { accountId } = colleague.accounts[0]!;
  const call = { effectKey: 'hand:1', asOfMs: Date.now() };
  const reply = { subject: 'Gone', text: `Write to Lea Leaver, ${person.address}.` };
  const window = { fromMs: Date.now(), untilMs: Date.now() + 90 * DAY };
  await engine.directory.setAutoReply(orgId, accountId, { ...reply, ...window }, call);
  await engine.directory.setRedirect(orgId, accountId, { to: person.address, keepCopy: true });
  await otherDeparture(departure, colleague.id);

  await departure.forwardTo(HOUR);
  expect(await departure.step(KEY)).toMatchObject({ status: 'done' });
  expect(await engine.directory.getAccount(orgId, accountId)).toMatchObject({
    autoReply: { text: `Write to Mona Manager, ${manager.address}.`, untilMs: window.untilMs },
    redirect: { to: manager.address, keepCopy: true },
  });
});
