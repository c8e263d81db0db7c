import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defineSearchAttributeKey } from '@temporalio/common';
import { connectTemporal } from '../../shared/platform/temporal/connect.ts';
import type { TemporalLink } from '../../shared/platform/temporal/connect.ts';
import { everythingTemporalKnows, filesIn, findCanaries } from '../support/canary-search.ts';
import { addAppPassword, caller, departure, hire, once, signIn } from '../support/http-company.ts';
import type { Caller, Json } from '../support/http-company.ts';
import { eventually, freePort } from '../support/installation.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart } from '../support/packaged-start.ts';
import { TYPED } from '../support/typed-canaries.ts';

const LIMIT_MS = 120_000;
const DAY_ZERO_STEPS = ['disable-account', 'prove-day-0', 'start-auto-reply', 'grant-mailbox-access'];

let machine: PackagedMachine;
let start: PackagedStart;
let temporal: TemporalLink;
let call: Caller;
let caseId: string;
let canaries: Readonly<Record<string, string>>;

beforeAll(async () => {
  // Nobody answers there: mail fails, again and again, and its failures are searched as well.
  const mail = `smtp://gangway:${TYPED.smtpPassword}@127.0.0.1:${await freePort()}`;
  machine = await createPackagedMachine({
    GANGWAY_SMTP_URL: mail,
    GANGWAY_MAIL_FROM: 'gangway@example.com',
    GANGWAY_LOG_LEVEL: 'trace',
  });
  start = await machine.start();
  const key = await start.firstKey();
  call = caller(machine.baseUrl, key);
  temporal = await connectTemporal(machine.installation.config);
  // Where redirects are allowed.
  expect((await call('PATCH', '/v1/organisation', { country: 'FR' })).status).toBe(200);
  const made = await depart(TYPED.firstName, TYPED.address);
  caseId = made.caseId;
  await sendCommands();
  const cancelled = await depart('Other', 'other');
  await command(cancelled.caseId, 'cancel', { reason: TYPED.cancelReason });
  expect(await command(cancelled.caseId, 'undo', { reason: TYPED.undoReason })).toBe(409);
  const secret = (name: string) => readFileSync(join(machine.installation.dataFolder, name), 'utf8').trim();
  canaries = {
    ...TYPED,
    appPassword: made.appPassword,
    grantToken: made.grantToken,
    linkText: made.linkText,
    sessionToken: made.sessionToken.split('.').at(-1)!,
    apiKey: key.slice('gw_12345678_'.length),
    secretKey: secret('secret-key'),
    storeSecret: secret('store-secret'),
  };
}, LIMIT_MS);

afterAll(async () => {
  await temporal.connection.close();
  await machine.close();
}, 60_000);

async function depart(firstName: string, localPart: string) {
  const manager = await hire(call, {
    firstName: TYPED.managerName,
    lastName: 'M',
    address: `m.${localPart}@example.com`,
  });
  const contact = await hire(call, {
    firstName: TYPED.contactName,
    lastName: 'C',
    address: `c.${localPart}@example.com`,
  });
  const leaver = await hire(call, {
    firstName,
    lastName: TYPED.lastName,
    address: `${localPart}@example.com`,
    aliases: [`${TYPED.alias}.${localPart}@example.com`],
    privateContact: TYPED.privateContact,
    department: TYPED.department,
    managerId: manager.id,
    password: TYPED.password,
  });
  const { sessionToken } = await signIn(call, leaver.address, TYPED.password);
  await signIn(call, leaver.address, TYPED.wrongPassword);
  const appPassword = await addAppPassword(call, leaver.id);
  const { grantToken, linkText } = await addAccess(leaver.id);
  const asked = await call(
    'POST',
    '/v1/departures',
    {
      personId: leaver.id,
      urgent: true,
      contactPersonId: contact.id,
      autoReply: { subject: TYPED.replySubject, text: TYPED.replyText },
      redirect: { toAddress: TYPED.redirectTo, reason: TYPED.redirectReason },
      handover: {
        mail: { folders: [TYPED.mailFolder] },
        access: { personId: manager.id, days: 5, reason: TYPED.accessReason },
      },
      reason: TYPED.reason,
      note: TYPED.note,
      requestedBy: TYPED.requestedBy,
    },
    { 'Idempotency-Key': `${TYPED.idempotencyKey}-${localPart}` },
  );
  expect([asked.status, asked.body['engine']]).toEqual([202, 'started']);
  const id = String(asked.body['id']);
  await eventually(async () => {
    const { steps } = await departure(call, id);
    const statusOf = (stepKey: string) => steps.find((step) => step.key === stepKey)?.status;
    return (
      DAY_ZERO_STEPS.every((stepKey) => statusOf(stepKey) === 'done') &&
      statusOf('notify-manager') === 'retrying'
    );
  }, 60_000);
  await call('POST', '/v1/directory/deliver', {
    from: TYPED.mailSender,
    to: leaver.address,
    subject: TYPED.mailSubject,
    text: TYPED.mailText,
  });
  return { caseId: id, appPassword, grantToken, linkText, sessionToken: String(sessionToken) };
}

/** Everything else that opens the account, and what it opens elsewhere. */
async function addAccess(personId: string) {
  const to = (what: string) => `/v1/directory/accounts/${personId}/${what}`;
  const grant = await call('POST', to('oauth-grants'), { client: TYPED.grantClient, scopes: ['mail'] });
  const link = await call('POST', to('links'), { kind: 'reset' });
  const others = [
    await call('POST', to('recovery-means'), { kind: 'recovery_address', label: TYPED.meansLabel }),
    await call('PUT', to('memberships'), { groups: [TYPED.group], lists: [TYPED.list] }),
    await call('POST', '/v1/api-keys', { ownerName: TYPED.keyOwner, personId, scopes: ['people:read'] }),
  ];
  expect([grant, link, ...others].map(({ status }) => status)).toEqual([201, 201, 201, 200, 201]);
  return {
    grantToken: String(grant.body['grantToken']),
    linkText: String(link.body['link']).split('.').at(-1)!,
  };
}

async function statusOf(id: string, stepKey: string): Promise<string | undefined> {
  return (await departure(call, id)).steps.find(({ key }) => key === stepKey)?.status;
}

async function command(id: string, path: string, body: Json, method = 'POST'): Promise<number> {
  return (await call(method, `/v1/departures/${id}/${path}`, body, once())).status;
}

/** A pause called it back: whoever is quicker than its next try has nothing to retry. */
async function retryOnceItIsTriedAgain(id: string, stepKey: string): Promise<number> {
  await eventually(async () => (await statusOf(id, stepKey)) === 'retrying', 60_000);
  return command(id, `steps/${stepKey}/retry`, {});
}

/** Some are accepted, some refused, and some never reach the case. */
async function sendCommands(): Promise<void> {
  const sent = [
    await command(caseId, 'pause', { reason: TYPED.pauseReason }),
    await command(caseId, 'resume', { reason: TYPED.pauseReason }),
    await command(caseId, 'legal-hold', { reason: TYPED.holdReason }, 'PUT'),
    await command(caseId, 'legal-hold', { reason: TYPED.holdReason }, 'DELETE'),
    await command(caseId, 'steps/disable-account/skip', { reason: TYPED.skipReason }),
    await retryOnceItIsTriedAgain(caseId, 'notify-manager'),
    await command(caseId, 'steps/disable-account/retry', {}),
    await command(caseId, 'steps/purge-gate/approve', { typedName: TYPED.typedName }),
    await command(caseId, `steps/${TYPED.typedName}/retry`, { unknown: TYPED.reason }),
    (await call('POST', '/v1/organisation/freeze', { reason: TYPED.freezeReason })).status,
    (await call('POST', '/v1/organisation/unfreeze', { reason: TYPED.freezeReason })).status,
    (await call('GET', `/v1/people?search=${TYPED.searched}`)).status,
    (await call('GET', `/v1/people?${TYPED.searched}=1`)).status,
    (await call('POST', '/v1/people', { firstName: TYPED.firstName })).status,
  ];
  expect(sent).toEqual([200, 200, 200, 200, 409, 200, 409, 403, 400, 202, 202, 200, 400, 400]);
}

describe('names, addresses, secrets and free text', () => {
  test('are in no history, failure, memo, summary, search attribute or detail', async () => {
    const texts = await everythingTemporalKnows(temporal.client);
    const all = texts.map(({ text }) => text).join('\n');
    // It looks in the right places: ids, the summary, the step table, the failures of the mail are there.
    for (const known of [
      caseId,
      `Departure ${caseId}`,
      'disableAccount',
      'MAIL_NOT_SENT',
      '| disable-account |',
    ])
      expect(all).toContain(known);
    expect(findCanaries(canaries, texts)).toEqual([]);
  });

  test('are in no log file, and of the console only the key is', () => {
    const logs = filesIn(machine.logFolder);
    expect(logs.map(({ text }) => text).join('\n')).toContain('MAIL_NOT_SENT');
    expect(findCanaries(canaries, logs)).toEqual([]);
    const { apiKey: _shown, ...others } = canaries;
    expect(findCanaries(others, [{ where: 'console', text: start.output() }])).toEqual([]);
  });
});

describe('metrics', () => {
  test('hold none of them, and no id of a person, a case or an organisation', async () => {
    const text = await (await fetch(`${machine.baseUrl}/metrics`)).text();
    // It looks in the right places: every process told, and counted what was done.
    const known = [
      'gangway_process_up{process="worker"} 1',
      'gangway_process_up{process="store"} 1',
      'gangway_process_up{process="temporal"} 1',
      'gangway_api_requests_total{method="POST",route="/v1/departures",status="202"} 2',
      'gangway_api_problems_total{code="UNKNOWN_FIELD"}',
      'gangway_activity_attempts_total{activity="proveLockedOut",outcome="done",code=""} 2',
      'gangway_activity_attempts_total{activity="notifyManager",outcome="failed",code="MAIL_NOT_SENT"}',
      'gangway_time_to_lockout_seconds_count 2',
      'gangway_time_to_lockout_quantiles_seconds{quantile="0.95"}',
      'gangway_store_documents{collection="gangway.cases"}',
      'gangway_cases{state="running"}',
    ];
    expect(known.filter((line) => !text.includes(line))).toEqual([]);
    expect(findCanaries(canaries, [{ where: 'metrics', text }])).toEqual([]);
    expect(text).not.toMatch(/(?:per|cas|org|own|key|acc|req)_[0-9A-Z]{10}/u);
  });
});

describe('a log line', () => {
  function linesOf(name: string): readonly Json[] {
    const text = readFileSync(join(machine.logFolder, `${name}.log`), 'utf8');
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as Json);
  }

  test('of the API has the request, the organisation and the case it belongs to', () => {
    const requests = linesOf('api').filter(({ msg }) => msg === 'request');
    const line = requests.find(({ route }) => route === '/v1/departures/:id/pause');
    expect(line).toMatchObject({ method: 'POST', status: 200, caseId });
    expect(line?.['requestId']).toMatch(/^req_/u);
    expect(line?.['orgId']).toMatch(/^org_/u);
    expect(requests.every(({ requestId, ms }) => requestId !== undefined && typeof ms === 'number')).toBe(
      true,
    );
  });

  test('of the worker has the workflow, the case, the step and the attempt it belongs to', () => {
    const lines = linesOf('worker');
    const done = lines.find(({ msg, stepKey }) => msg === 'activity' && stepKey === 'disable-account');
    expect(done).toMatchObject({ outcome: 'done', attempt: 1, activity: 'disableAccount' });
    const failed = lines.find(({ msg, code }) => msg === 'a step was not proven' && code === 'MAIL_NOT_SENT');
    for (const line of [done, failed]) {
      expect(line?.['workflowId']).toBe(`departure:${String(line?.['orgId'])}:${String(line?.['caseId'])}`);
      expect(line?.['attempt']).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('the search can fail', () => {
  test('when a workflow holds one, wherever it is', async () => {
    const planted = {
      argument: 'plantedargument',
      encoded: 'plantedencoded',
      memo: 'plantedmemo',
      summary: 'plantedsummary',
      details: 'planteddetails',
      attribute: 'plantedattribute',
      signal: 'plantedsignal',
      failure: 'plantedfailure',
    };
    const handle = await temporal.client.workflow.start('planted', {
      workflowId: 'planted',
      taskQueue: 'nobody-listens',
      args: [{ deep: [planted.argument], encoded: Buffer.from(`x${planted.encoded}`).toString('base64') }],
      memo: { note: planted.memo },
      staticSummary: planted.summary,
      staticDetails: planted.details,
      typedSearchAttributes: [
        { key: defineSearchAttributeKey('PersonRef', 'KEYWORD'), value: planted.attribute },
      ],
    });
    await handle.signal('word', planted.signal);
    await handle.terminate(planted.failure);
    await eventually(async () => {
      const hits = findCanaries(planted, await everythingTemporalKnows(temporal.client));
      return Object.keys(planted).every((name) => hits.some((hit) => hit.startsWith(`${name}: `)));
    });
  });

  test('when a log line holds one, also encoded', () => {
    const line = { plain: TYPED.reason, encoded: Buffer.from(`ab ${TYPED.note}`).toString('base64') };
    appendFileSync(join(machine.logFolder, 'worker.log'), `${JSON.stringify(line)}\n`);
    expect(findCanaries(canaries, filesIn(machine.logFolder))).toEqual([
      'reason: worker.log',
      'note: base64 in worker.log',
    ]);
  });
});
