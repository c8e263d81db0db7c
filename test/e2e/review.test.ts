import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPackagedMachine, type PackagedMachine } from '../support/packaged-start.ts';

const LIMIT_MS = 240_000;

type Json = Readonly<Record<string, unknown>>;
interface FindingView {
  readonly id: string;
  readonly rule: string;
  readonly state: string;
  readonly person?: { readonly id: string };
}

let machine: PackagedMachine;
let key: string;
let requests = 0;
beforeAll(async () => {
  machine = await createPackagedMachine();
  const start = await machine.start();
  key = await start.firstKey();
}, LIMIT_MS);
afterAll(() => machine.close(), 60_000);

async function send(method: string, path: string, body?: unknown, withKey = key): Promise<Response> {
  requests += 1;
  const idempotencyKey = `review-${requests}`;
  for (let tried = 1; ; tried += 1) {
    const response = await fetch(`${machine.baseUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${withKey}`,
        ...(method === 'GET'
          ? {}
          : { 'Idempotency-Key': idempotencyKey, 'Content-Type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    }).catch(() => undefined);
    if (response !== undefined && response.status < 500) return response;
    if (tried === 100) throw new Error(`${method} ${path} was not answered`);
    await sleep(300);
  }
}

async function ask(method: string, path: string, body?: unknown, withKey = key): Promise<Json> {
  const response = await send(method, path, body, withKey);
  const answer = (await response.json()) as Json;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const giveUpAt = performance.now() + 60_000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new Error('it did not come that far');
    await sleep(200);
  }
}

const findingsOf = async (reviewId: string): Promise<readonly FindingView[]> =>
  (await ask('GET', `/v1/reviews/${reviewId}/findings?limit=100`))['items'] as readonly FindingView[];

/** The address in a mail that was kept as a file. */
function linkFor(address: string): string | undefined {
  const folder = join(machine.installation.dataFolder, 'outbox');
  if (!existsSync(folder)) return undefined;
  const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  // Quoted-printable breaks long lines.
  const mail = mails
    .map((text) => text.replace(/=\r?\n/gu, ''))
    .find((text) => text.includes(`To: ${address}`));
  return /\/review\/([A-Za-z0-9_-]{43})/u.exec(mail ?? '')?.[1];
}

test(
  'holds a review from its definition to its report, with a link, two pairs of eyes and a worker that dies',
  async () => {
    const person = async (fields: Json): Promise<string> =>
      String((await ask('POST', '/v1/people', fields))['id']);
    const mona = await person({ firstName: 'Mona', lastName: 'Manager', address: 'mona@example.com' });
    const lea = await person({
      ...{ firstName: 'Lea', lastName: 'Leaver', address: 'lea@example.com', managerId: mona },
      aliases: ['old.name@example.com'],
    });
    const adam = await person({
      ...{
        firstName: 'Adam',
        lastName: 'Admin',
        address: 'adam.admin@example.com',
        accountRole: 'administrator',
      },
      managerId: mona,
    });
    const second = await ask('POST', '/v1/api-keys', {
      ownerName: 'Second pair of eyes',
      scopes: ['reviews:*'],
    });

    const definition = await ask('POST', '/v1/reviews/definitions', {
      name: 'Quarterly',
      rules: {
        administrator: { on: true },
        alias_of_no_name: { on: true },
        address_convention: { on: true },
        never_used: { on: false },
      },
    });
    expect(definition['nextAt']).toBeDefined();
    await ask('POST', `/v1/reviews/definitions/${String(definition['id'])}/trigger`);
    const reviewId = await until(async () => {
      const [review] = (await ask('GET', '/v1/reviews'))['items'] as readonly Json[];
      return review?.['state'] === 'open' ? String(review['id']) : undefined;
    });
    const findings = await findingsOf(reviewId);
    const of = (rule: string, personId: string): FindingView =>
      findings.find((one) => one.rule === rule && one.person?.id === personId)!;
    expect(of('alias_of_no_name', lea).state).toBe('open');
    expect(of('administrator', adam).state).toBe('open');

    // The manager keeps the alias away by the link in the mail.
    const token = await until(() => Promise.resolve(linkFor('mona@example.com')));
    const page = await (await fetch(`${machine.baseUrl}/review/${token}`)).text();
    expect(page).toContain('Lea Leaver');
    expect(page).not.toContain('Mona Manager');
    const stranger = await fetch(`${machine.baseUrl}/review/${'A'.repeat(43)}`);
    expect(stranger.status).toBe(404);

    // kill -9 of the worker, and it goes on.
    machine.kill('worker');
    const decision = `/v1/reviews/${reviewId}/findings`;
    const alias = of('alias_of_no_name', lea).id;
    await ask('POST', `${decision}/${alias}/decision`, { kind: 'remove_alias', reason: 'an old name' });
    const administrator = of('administrator', adam).id;
    const keep = { kind: 'keep', reason: 'runs the servers', until: '2028-01-01' };
    await ask('POST', `${decision}/${administrator}/decision`, keep);
    const own = await send('POST', `${decision}/${administrator}/confirm`);
    expect([own.status, ((await own.json()) as Json)['code']]).toEqual([403, 'SECOND_IS_DECIDER']);
    await ask('POST', `${decision}/${administrator}/confirm`, undefined, String(second['key']));
    const left = (await findingsOf(reviewId)).filter(({ state }) => state === 'open').map(({ id }) => id);
    if (left.length > 0) {
      const bulk = {
        findingIds: left,
        decision: { kind: 'attest', reason: 'seen to', proof: 'ticket 4711' },
      };
      await ask('POST', `/v1/reviews/${reviewId}/decisions`, bulk);
      for (const { id, state } of await findingsOf(reviewId))
        if (state === 'awaiting_second')
          await ask('POST', `${decision}/${id}/confirm`, undefined, String(second['key']));
    }

    await until(async () =>
      (await ask('GET', `/v1/reviews/${reviewId}`))['state'] === 'completed' ? true : undefined,
    );
    expect((await ask('GET', `/v1/people/${lea}`))['aliases']).toEqual([]);
    for (const format of ['json', 'csv', 'html']) {
      const report = await send('GET', `/v1/reviews/${reviewId}/report?format=${format}`);
      const bytes = Buffer.from(await report.arrayBuffer());
      const { reports } = (await ask('GET', `/v1/reviews/${reviewId}`)) as {
        readonly reports: Readonly<Record<string, { readonly sha256: string }>>;
      };
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(reports[format]?.sha256);
      expect(bytes.toString()).toContain('Leaver');
    }
    expect((await fetch(`${machine.baseUrl}/review/${token}`)).status).toBe(410);
  },
  LIMIT_MS,
);
