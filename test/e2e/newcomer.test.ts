import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  addAppPassword,
  caller,
  departure,
  hire,
  nextWaits,
  once,
  operationsByAccount,
  sessionResult,
  signIn,
  withDirectory,
} from '../support/http-company.ts';
import type { Caller, Employee, Json } from '../support/http-company.ts';
import { createPackagedMachine, PROCESSES, seeProcess } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart } from '../support/packaged-start.ts';

let machine: PackagedMachine;
let first: PackagedStart;
let call: Caller;
let manager: Employee;
let leaver: Employee;
let sessionToken: string;
let appPassword: string;
let caseId: string;

beforeAll(async () => {
  machine = await createPackagedMachine();
  first = await machine.start();
  call = caller(machine.baseUrl, await first.firstKey());
  manager = await hire(call, {
    firstName: 'Mona',
    lastName: 'Berg',
    address: 'mona.berg@example.com',
    accountRole: 'administrator',
  });
  leaver = await hire(call, {
    firstName: 'Lea',
    lastName: 'Kern',
    address: 'lea.kern@example.com',
    aliases: ['lea@example.com'],
    accountRole: 'administrator',
    managerId: manager.id,
  });
  const signedIn = await signIn(call, leaver.address, leaver.password);
  sessionToken = String(signedIn['sessionToken']);
  appPassword = await addAppPassword(call, leaver.id);
});

afterAll(() => machine.close());

function command(path: string, body: Json = {}, by: Caller = call, method = 'POST') {
  return by(method, `/v1/departures/${caseId}/${path}`, body, once());
}

async function ownerKey(ownerName: string): Promise<Caller> {
  const { body } = await call('POST', '/v1/api-keys', {
    ownerName,
    scopes: ['departures:*', 'approvals:write'],
  });
  return caller(machine.baseUrl, String(body['key']));
}

describe('a first start', () => {
  test('says what runs and where', () => {
    const [api, temporal, ui, store] = machine.installation.ports;
    const { dataFolder } = machine.installation;
    const lines = first.output().split('\n');
    const lineOf = (what: string) => lines.find((line) => line.startsWith(`  ${what} `))?.trim();
    expect(lineOf('API')).toMatch(new RegExp(`this package +http://127.0.0.1:${api}$`, 'u'));
    expect(lineOf('Temporal')).toMatch(new RegExp(`own build, .* +127.0.0.1:${temporal}$`, 'u'));
    expect(lineOf('Temporal UI')).toMatch(new RegExp(`with the server +http://127.0.0.1:${ui}$`, 'u'));
    expect(lineOf('Database')).toMatch(new RegExp(`embedded store +127.0.0.1:${store}$`, 'u'));
    expect(lineOf('Mail')).toContain(`kept as files  ${dataFolder}/outbox`);
    expect(lineOf('Data')).toContain(dataFolder);
  });

  test('asks for the key, and for no other', async () => {
    const refused = await fetch(`${machine.baseUrl}/v1/people`);
    expect([refused.status, await refused.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'KEY_REQUIRED' }),
    ]);
    const another = caller(machine.baseUrl, `gw_aaaaaaaa_${'a'.repeat(43)}`);
    expect((await another('GET', '/v1/people')).status).toBe(401);
  });

  test('gives accounts that are usable at once', async () => {
    expect(await sessionResult(call, sessionToken)).toMatchObject({ result: 'active' });
    expect(await signIn(call, leaver.address, appPassword, 'mail')).toMatchObject({ result: 'signed_in' });
    expect(await signIn(call, 'lea@example.com', leaver.password)).toMatchObject({ result: 'signed_in' });
  });
});

describe('an urgent departure', () => {
  let tookMs: number;

  beforeAll(async () => {
    const startedAtMs = performance.now();
    const { status, headers, body } = await call('POST', '/v1/departures', {
      personId: leaver.id,
      urgent: true,
      contactPersonId: manager.id,
      reason: 'dismissed',
    });
    caseId = String(body['id']);
    expect([status, headers.get('location'), body['engine']]).toEqual([
      202,
      `/v1/departures/${caseId}`,
      'started',
    ]);
    await nextWaits(call, [caseId], 60_000);
    tookMs = performance.now() - startedAtMs;
  });

  test('is done with day 0 within seconds, each step with its proof', async () => {
    process.stderr.write(`day 0 took ${(tookMs / 1000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(20_000);
    const { steps, state, needsAttention } = await departure(call, caseId);
    expect([state, needsAttention]).toEqual(['running', false]);
    const done = steps.filter((step) => step.status !== 'waiting');
    expect(done.map((step) => [step.key, step.status])).toEqual(
      [
        'notify-manager',
        'take-snapshot',
        'disable-account',
        'rotate-password',
        'revoke-app-passwords',
        'revoke-other-credentials',
        'switch-off-protocols',
        'revoke-sessions',
        'remove-own-rules',
        'drop-administrator-role',
        'remove-memberships',
        'revoke-own-keys',
        'prove-day-0',
        'start-auto-reply',
        'reassign-references',
      ].map((key) => [key, 'done']),
    );
    for (const step of done) {
      expect(step.rounds).toHaveLength(1);
      expect(step.rounds[0]!.attempts).toHaveLength(1);
    }
    const proof = steps.find((step) => step.key === 'prove-day-0')!.rounds[0]!.proof!;
    expect(proof).toMatchObject({ sessionCount: 0, appPasswordCount: 0, passwordChanged: true });
    expect(proof['timeToLockoutMs']).toBeGreaterThan(0);
    expect(proof['timeToLockoutMs']).toBeLessThan(20_000);
  });

  test('was applied to the directory once, in the order of the plan', async () => {
    const { body } = await call('GET', '/v1/organisation');
    const effects = await withDirectory(machine.databaseUri(), (directory) =>
      directory.readEffects(String(body['id'])),
    );
    expect(operationsByAccount(effects).get(leaver.accountId)).toEqual([
      'createAccount',
      'disable',
      'setPassword',
      'revokeAppPasswords',
      'setProtocols',
      'revokeSessions',
      'setRole',
      'setAutoReply',
    ]);
  });

  test('leaves no way in: not the session, the app password or the password', async () => {
    expect(await sessionResult(call, sessionToken)).toMatchObject({ status: 401, code: 'SESSION_UNKNOWN' });
    for (const [secret, protocol] of [
      [appPassword, 'mail'],
      [leaver.password, 'web'],
      [leaver.password, 'mail'],
    ] as const) {
      expect(await signIn(call, leaver.address, secret, protocol)).toMatchObject({
        status: 401,
        code: 'INVALID_CREDENTIALS',
      });
    }
    expect(await signIn(call, manager.address, manager.password)).toMatchObject({ result: 'signed_in' });
  });

  test('lets mail arrive, and answers it once', async () => {
    const mail = {
      from: 'client@outside.test',
      to: 'lea@example.com',
      subject: 'Offer',
      text: 'Please sign.',
    };
    const delivered = await call('POST', '/v1/directory/deliver', mail);
    expect(delivered.body).toMatchObject({
      result: 'stored',
      autoReply: { to: 'client@outside.test' },
    });
    expect(JSON.stringify(delivered.body['autoReply'])).toContain(manager.address);
    const again = await call('POST', '/v1/directory/deliver', { ...mail, subject: 'Offer, again' });
    expect([again.body['result'], again.body['autoReply']]).toEqual(['stored', undefined]);
    const { body } = await call('GET', `/v1/directory/accounts/${leaver.id}/messages`);
    expect(body['items']).toHaveLength(2);
    // The notice to the manager and one answer.
    expect(readdirSync(`${machine.installation.dataFolder}/outbox`)).toHaveLength(2);
  });

  test('is the only one of its person', async () => {
    const { status, body } = await call('POST', '/v1/departures', {
      personId: leaver.id,
      urgent: true,
      reason: 'again',
    });
    expect([status, body['code'], body['departureId']]).toEqual([409, 'DEPARTURE_EXISTS', caseId]);
  });

  test('is approved by another owner than the requester, and by nobody else', async () => {
    const approval = { typedName: 'Lea Kern' };
    const own = await command('steps/purge-gate/approve', approval);
    expect([own.status, own.body['code']]).toEqual([403, 'SELF_APPROVAL']);
    const second = await ownerKey('Second owner');
    const wrong = await command('steps/purge-gate/approve', { typedName: 'Lea Korn' }, second);
    expect([wrong.status, wrong.body['code']]).toEqual([422, 'NAME_MISMATCH']);
    const right = await command('steps/purge-gate/approve', approval, second);
    expect([right.status, right.body['effect']]).toEqual([200, 'applied']);
  });

  test('can be put on hold and paused, and taken up again', async () => {
    const onHold = async () => (await call('GET', `/v1/people/${leaver.id}`)).body['legalHold'];
    expect((await command('legal-hold', { reason: 'lawsuit' }, call, 'PUT')).status).toBe(200);
    expect(await onHold()).toBeTruthy();
    expect((await command('legal-hold', { reason: 'settled' }, call, 'DELETE')).status).toBe(200);
    expect(await onHold()).toBeFalsy();
    expect((await command('pause')).body['state']).toBe('paused');
    expect((await command('pause')).body['code']).toBe('ALREADY_PAUSED');
    expect((await command('resume')).body['state']).toBe('running');
  });
});

describe('Ctrl-C and a second start', () => {
  let before: unknown;

  test('stop cleanly within seconds, the key shown once, no port held and no process left', async () => {
    before = await departure(call, caseId);
    const running = PROCESSES.map((name) => seeProcess(machine.pid(name)));
    expect(running.every((one) => one.isRunning())).toBe(true);
    const stoppingAtMs = performance.now();
    expect(await first.end('SIGINT')).toBe(0);
    const tookMs = performance.now() - stoppingAtMs;
    process.stderr.write(`stopped in ${(tookMs / 1000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(15_000);
    expect(first.keys()).toHaveLength(1);
    expect(first.output()).toMatch(/Stopping …\nStopped\.\n$/u);
    expect(await machine.heldPorts()).toEqual([]);
    expect(running.filter((one) => one.isRunning())).toEqual([]);
  });

  test('resume the same case, quickly and without another key', async () => {
    const second = await machine.start();
    process.stderr.write(`second start ready in ${(second.readyAfterMs / 1000).toFixed(1)} s\n`);
    expect(second.readyAfterMs).toBeLessThan(15_000);
    expect(await departure(call, caseId)).toEqual(before);
    // The case itself answers, not only the database.
    expect((await command('pause')).body['state']).toBe('paused');
    expect((await command('resume')).body['state']).toBe('running');
    expect(await second.end('SIGTERM')).toBe(0);
    expect(second.keys()).toEqual([]);
  });
});
