import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendDigests } from '../../../activities/digest/send-digests.ts';
import type { CaseRecord } from '../../../shared/domain/case-record.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import { reduce } from '../../../shared/domain/case/reduce.ts';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import { MailNotSent, type Notifier } from '../../../shared/platform/mail/mail.ts';
import { createMailroom, type Mailroom } from '../../support/memory-ports.ts';
import {
  aCase,
  anOrganisation,
  aPerson,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

let repositories: TestRepositories;
beforeAll(async () => {
  repositories = await openTestRepositories();
});
afterAll(() => repositories.close());

// The last day of the sample case is 28 March 2024, 17:30 in Zurich.
const MORNING = Date.parse('2024-03-28T06:05:00Z');
const HOUR = 3_600_000;

async function anOrganisationWith(overrides: Partial<Organisation> = {}): Promise<string> {
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId, { digestTime: '07:00', ...overrides }));
  return orgId;
}

async function openDepartureOf(orgId: string, lastName: string, isRed = false): Promise<CaseRecord> {
  const person = aPerson(orgId, { firstName: 'Lea', lastName });
  await repositories.people.insert(person);
  const record = aCase(orgId, { personId: person.id });
  await repositories.cases.insert(record);
  const fresh = openCase({ plan: record.plan, requestedBy: 'own_hr', onLegalHold: false });
  const news = { key: 'notify-manager', round: 1, atMs: MORNING };
  const progress = reduce(reduce(fresh, { kind: 'stepStarted', ...news }), {
    ...{ kind: isRed ? ('stepFailed' as const) : ('stepSettled' as const), ...news },
    ...{ errorCode: 'NO_RECIPIENT', called: false, outcome: 'done' as const },
  });
  await repositories.cases.project(orgId, record.id, projectionOf(progress));
  return record;
}

/** Other organisations of this run have none of our mail. */
const digestsOf = (mailroom: Mailroom, orgId: string) =>
  mailroom.mails.filter(({ id }) => id.startsWith(`dig:${orgId}:`));

test('tells once a day, from the digest time on, what is red and what is due', async () => {
  const orgId = await anOrganisationWith();
  const red = await openDepartureOf(orgId, 'Red', true);
  const due = await openDepartureOf(orgId, 'Due');
  const notifier = createMailroom();
  await sendDigests({ repositories, notifier }, MORNING - HOUR);
  expect(digestsOf(notifier, orgId)).toEqual([]);

  await sendDigests({ repositories, notifier }, MORNING);
  const [mail] = digestsOf(notifier, orgId);
  expect(mail?.to).toEqual(['ops@harbour.example']);
  expect(mail?.subject).toBe('Departures on 2024-03-28: 1 red, 0 late, 2 due');
  expect(mail?.text).toContain(`- Lea Red, notify-manager, 2024-03-21 09:00 (Europe/Zurich): NO_RECIPIENT.`);
  expect(mail?.text).toMatch(
    new RegExp(
      `- Lea Due, take-snapshot, 2024-03-28 17:30 \\(Europe/Zurich\\) and \\d+ more \\(case ${due.id}\\)`,
    ),
  );
  expect(mail?.text).toContain(red.id);

  const again = createMailroom();
  await sendDigests({ repositories, notifier: again }, MORNING + 5 * HOUR);
  expect(digestsOf(again, orgId)).toEqual([]);
  await sendDigests({ repositories, notifier: again }, MORNING + 24 * HOUR);
  expect(digestsOf(again, orgId)).toHaveLength(1);
});

test('sends the same mail again when it was not accepted, and makes up for it later on the same day', async () => {
  const orgId = await anOrganisationWith();
  await openDepartureOf(orgId, 'Due');
  const notifier = createMailroom();
  notifier.isDown = true;
  await expect(sendDigests({ repositories, notifier }, MORNING)).rejects.toThrow('down');
  notifier.isDown = false;
  await sendDigests({ repositories, notifier }, MORNING + 3 * HOUR);
  expect(digestsOf(notifier, orgId)).toHaveLength(1);
});

test.each<[string, Partial<Organisation>, boolean]>([
  ['nothing is open', {}, false],
  ['nobody is to be told', { notificationAddresses: [] }, true],
])('sends nothing where %s', async (_where, overrides, open) => {
  const orgId = await anOrganisationWith(overrides);
  if (open) await openDepartureOf(orgId, 'Due');
  const notifier = createMailroom();
  await sendDigests({ repositories, notifier }, MORNING);
  expect(digestsOf(notifier, orgId)).toEqual([]);
});

test('says so of a quiet day too, as long as something is open: no digest means that something is wrong', async () => {
  const orgId = await anOrganisationWith();
  await openDepartureOf(orgId, 'Due');
  const notifier = createMailroom();
  await sendDigests({ repositories, notifier }, MORNING - 3 * 24 * HOUR);
  const [mail] = digestsOf(notifier, orgId);
  expect(mail?.subject).toBe('Departures on 2024-03-25: 0 red, 0 late, 0 due');
});

test('keeps nobody from a digest because the mail of somebody else is not accepted', async () => {
  const refused = await anOrganisationWith({ notificationAddresses: ['nobody@refused.example'] });
  const orgId = await anOrganisationWith();
  for (const one of [refused, orgId]) await openDepartureOf(one, 'Due');
  const mailroom = createMailroom();
  const notifier: Notifier = {
    send: (mail) =>
      mail.to.includes('nobody@refused.example')
        ? Promise.reject(new MailNotSent('no such address'))
        : mailroom.send(mail),
  };
  await expect(sendDigests({ repositories, notifier }, MORNING)).rejects.toThrow('no such address');
  expect(digestsOf(mailroom, orgId)).toHaveLength(1);
  await sendDigests({ repositories, notifier: createMailroom() }, MORNING);
});
