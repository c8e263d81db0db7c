import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createReconcileActivities } from '../../activities/reconcile/reconcile-activities.ts';
import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { DAY, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { createPerson } from '../support/people.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const template = { subject: '{{leaver}} left', text: 'Write to {{contact}} at {{contactAddress}}.' };

/** What the schedule does. */
async function recheck(): Promise<void> {
  const { repositories, temporal, queues } = engine;
  const caseEngine = createCaseEngine(temporal.realTimeClient, { queues });
  const activities = createReconcileActivities({
    ...{
      repositories,
      connectors: engine.ports.connectors,
      archive: engine.ports.archive,
      notifier: engine.mailroom,
      exportsFolder: engine.archiveFolder,
      engine: caseEngine,
      starter: caseEngine,
    },
    now: () => Date.now(),
  });
  await activities.recheckContacts();
}

const replyOf = async ({ orgId, accountId }: TestDeparture) =>
  (await engine.directory.getAccount(orgId, accountId))?.autoReply?.text;

/** A departure whose auto-reply runs and names somebody who is neither manager nor leaver. */
async function withRunningReply() {
  const departure = await startDeparture(engine, {
    policy: FEW_TRIES,
    autoReply: { subject: 'Lea left', text: 'Write to Mona.', days: 30, template },
  });
  const { orgId } = departure;
  const contact = await createPerson(engine, orgId, { firstName: 'Cy', lastName: 'Contact', role: 'user' });
  await nameContact(departure, contact);
  await departure.forwardTo(2 * DAY);
  return { departure, contact };
}

/** The case writes its own progress meanwhile: asked again until it was not in between. */
async function nameContact(departure: TestDeparture, contact: Person): Promise<void> {
  const { rev, orgId, id, request } = await departure.record();
  const named = { ...request, contactPersonId: contact.id };
  if ((await engine.repositories.cases.setRequest(orgId, id, rev, named)) === undefined)
    await nameContact(departure, contact);
}

async function leave(contact: Person): Promise<void> {
  const { people } = engine.repositories;
  const { rev } = (await people.get(contact.orgId, contact.id))!;
  await people.update(contact.orgId, contact.id, rev, { status: 'leaving' });
}

test('names the successor of the contact once the contact leaves, and is asked once', async () => {
  const { departure, contact } = await withRunningReply();
  const { orgId } = departure;
  const heir = await createPerson(engine, orgId, { firstName: 'Hana', lastName: 'Heir', role: 'user' });
  const { cases, claims } = engine.repositories;
  const record = await departure.record();
  const other = {
    ...record,
    ...{ id: 'cas_other' + orgId.slice(4), personId: contact.id, state: 'scheduled' as const },
    request: { ...record.request, personId: contact.id, successorId: heir.id },
  };
  await cases.insert(other);
  await claims.take(openCaseClaimId(orgId, contact.id), orgId, other.id, Date.now());
  await recheck();
  expect(await departure.step('start-auto-reply')).toMatchObject({ status: 'done', round: 1 });

  await leave(contact);
  // Not counted: another round, over all organisations, may have been quicker.
  await recheck();
  await departure.until(({ steps }) =>
    steps.some((step) => step.key === 'start-auto-reply' && step.status === 'done' && step.round === 2),
  );
  expect(await replyOf(departure)).toBe(`Write to Hana Heir at ${heir.address}.`);
  expect((await departure.record()).request.contactPersonId).toBe(heir.id);
  await recheck();
  expect(await departure.step('start-auto-reply')).toMatchObject({ status: 'done', round: 2 });
});

test('names the manager where the contact has no successor, and turns red where nobody is left', async () => {
  const { departure, contact } = await withRunningReply();
  const { orgId, manager } = departure;
  await leave(contact);
  await recheck();
  await departure.until(({ steps }) =>
    steps.some((step) => step.key === 'start-auto-reply' && step.status === 'done' && step.round === 2),
  );
  expect(await replyOf(departure)).toBe(`Write to Mona Manager at ${manager.address}.`);

  await leave((await engine.repositories.people.get(orgId, manager.id))!);
  await recheck();
  await departure.forwardBy(2 * DAY);
  const red = await departure.until((record) => statusOf(record, 'start-auto-reply') === 'failed');
  expect(red).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect(await departure.step('start-auto-reply')).toMatchObject({ errorCode: 'CONTACT_UNAVAILABLE' });
});

test('gives no name to a text that has none by a variable: somebody must write another one', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.forwardTo(2 * DAY);
  await leave(departure.manager);
  await recheck();
  await departure.forwardBy(2 * DAY);
  await departure.until((record) => statusOf(record, 'start-auto-reply') === 'failed');
  expect(await departure.step('start-auto-reply')).toMatchObject({ errorCode: 'CONTACT_UNAVAILABLE' });
});
