import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rotatedSecretKey } from '../../activities/lockout/rotated-secret.ts';
import { SEARCH_ATTRIBUTES } from '../../shared/contract/search-attributes.ts';
import { DAY, HOUR, PASSWORD, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { historyOf, productionEvents, textsIn, typeOf } from '../support/history.ts';
import { makeFaulty } from '../support/interceptions.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const handleOf = ({ workflowId }: TestDeparture) =>
  engine.temporal.realTimeClient.workflow.getHandle(workflowId);

async function attributesOf(departure: TestDeparture): Promise<Readonly<Record<string, unknown>>> {
  const { typedSearchAttributes } = await handleOf(departure).describe();
  const ours = typedSearchAttributes.getAll().filter(({ key }) => key.name in SEARCH_ATTRIBUTES);
  return Object.fromEntries(ours.map(({ key, value }) => [key.name, value]));
}

test('shows state, attention and next instant of a running case as search attributes', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  const fixed = { OrgId: orgId, CaseKind: 'departure', PersonRef: person.id };
  await departure.forwardTo(-8 * DAY);
  expect(await attributesOf(departure)).toMatchObject({
    ...fixed,
    Phase: 'scheduled',
    NeedsAttention: false,
  });

  await departure.forwardTo(2 * DAY);
  const { dueAtMs } = await departure.step('prove-day-7');
  expect(await attributesOf(departure)).toEqual({
    ...fixed,
    Phase: 'running',
    NeedsAttention: false,
    DueAt: new Date(dueAtMs!),
  });

  await departure.command('pauseCase', { actorId: 'own_hr' });
  await departure.forwardTo(2 * DAY + HOUR);
  expect(await attributesOf(departure)).toMatchObject({ Phase: 'paused' });
  await departure.command('cancelCase', { actorId: 'own_hr', keep: true });
  await handleOf(departure).result();
  expect(await attributesOf(departure)).toEqual({ ...fixed, Phase: 'cancelled', NeedsAttention: false });
});

test('shows a table of all steps, their instants and errors in the current details', async () => {
  const departure = await startDeparture(engine);
  makeFaulty(engine, departure.orgId).refuse('setRole', 'forbidden', 1);
  await departure.forwardTo(2 * HOUR);
  const metadata = await handleOf(departure).query<Readonly<Record<string, unknown>>>(
    '__temporal_workflow_metadata',
  );
  const details = textsIn(metadata).find((text) => text.includes('| step | due | result |'));
  const { plan } = await departure.record();
  for (const step of plan.steps) expect(details).toContain(`| ${step.key} |`);
  expect(details).toContain('**needs_attention**');
  expect(details).toMatch(/\| drop-administrator-role \| [^|]+ \| failed TARGET_REFUSED \|/);
  expect(details).toMatch(/\| disable-account \| \d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z \| done /);
  expect(details).toContain('| delete-account | after purge-gate | waiting |');
});

test('gives every activity, every timer and the case itself a summary', async () => {
  const departure = await startDeparture(engine);
  makeFaulty(engine, departure.orgId).fail('disable', 2);
  await departure.approve();
  await departure.forwardTo(122 * DAY);
  await handleOf(departure).result();
  const events = productionEvents(await historyOf(engine, departure.workflowId));
  const wanted = ['WORKFLOW_EXECUTION_STARTED', 'ACTIVITY_TASK_SCHEDULED', 'TIMER_STARTED'];
  for (const type of wanted) {
    const found = events.filter((event) => typeOf(event).endsWith(type));
    expect([type, found.length > 0]).toEqual([type, true]);
    const silent = found.filter((event) => textsIn(event.userMetadata?.summary?.data).join('').length < 5);
    expect(silent).toEqual([]);
  }
});

const words = (text: string): string => ` ${text.replace(/[^A-Za-z0-9_@.-]+/g, ' ')} `;

/** Which of them stand in the history, the description or the logs of a case. */
async function foundIn(departure: TestDeparture, canaries: readonly string[]): Promise<readonly string[]> {
  const { raw, memo } = await handleOf(departure).describe();
  const history = await historyOf(engine, departure.workflowId);
  const texts = [...textsIn([history, raw, memo]), ...engine.logs];
  // The search finds what is there.
  expect(texts.some((text) => text.includes(departure.person.id))).toBe(true);
  const everything = texts.map(words).join('\n');
  return canaries.filter((canary) => everything.includes(words(canary)));
}

test('keeps names, addresses, texts, reasons and secrets out of everything Temporal stores', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person, manager, caseId } = departure;
  await departure.setHold(true);
  await departure.setHold(false);
  makeFaulty(engine, orgId).fail('disable', 3);
  await departure.approve();
  await departure.forwardTo(2 * HOUR);
  const secret = await engine.vault.read(orgId, rotatedSecretKey(caseId));
  await departure.forwardTo(122 * DAY);
  await handleOf(departure).result();

  const canaries = [
    ...[person.firstName, person.lastName, person.address, manager.address, manager.firstName],
    ...[
      'I have left',
      'Please write to',
      'resigned',
      'lawsuit',
      'it@example.test',
      'lea@home.test',
      'Mail 1',
    ],
    ...[PASSWORD, secret!],
  ];
  expect(canaries.length).toBeGreaterThanOrEqual(12);
  expect(await foundIn(departure, ['own_approver', ...canaries])).toEqual(['own_approver']);
});

test('keeps what is handed over, to whom mail goes, and the setup link out of it as well', async () => {
  const redirect = { to: 'heir@canary.test', outside: true, reason: 'canary-redirect' } as const;
  const access = { days: 20, reason: 'canary-access' };
  const departure = await startDeparture(engine, {
    redirect,
    handover: { mail: { folders: ['canary-folder', 'Lists'] } },
  });
  const { orgId, caseId, manager } = departure;
  const { rev, request } = await departure.record();
  const handover = { ...request.handover!, access: { ...access, personId: manager.id } };
  await engine.repositories.cases.setRequest(orgId, caseId, rev, { ...request, handover });
  await departure.approve('own_approver', 'redirect-gate');
  await departure.forwardTo(8 * DAY);
  expect(await departure.stepStatuses()).toMatchObject({
    ...{ 'start-redirect': 'done', 'transfer-mail': 'done', 'transfer-files': 'done' },
    ...{ 'hand-over-calendars': 'done', 'hand-over-meetings': 'done', 'export-contacts': 'done' },
    'grant-mailbox-access': 'done',
  });
  await departure.undo();
  await departure.until((record) => record.closedAtMs !== undefined);
  await handleOf(departure).result();
  const token = /\/setup\/([\w-]{43})/u.exec(
    departure.mails().find(({ id }) => id.includes('give-setup-link'))!.text,
  )![1]!;
  const canaries = [redirect.to, redirect.reason, access.reason, 'canary-folder', token];
  const belongings = ['Offers.ods', 'Plan.odt', 'Weekly', 'Buyer', 'ann@buyer.test', 'Rings'];
  expect(await foundIn(departure, ['redirect-gate', ...canaries, ...belongings])).toEqual(['redirect-gate']);
});
