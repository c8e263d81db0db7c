import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ALL_MIGRATIONS } from '../../shared/platform/persistence/migrations/all-migrations.ts';
import {
  createMigrationLog,
  type MigrationRecord,
} from '../../shared/platform/persistence/migrations/migration-log.ts';
import { openDatabase } from '../support/fresh-database.ts';
import { caller, departure, once } from '../support/http-company.ts';
import type { Caller, Json, StepOfView } from '../support/http-company.ts';
import { eventually } from '../support/installation.ts';
import { describeKeptFolder, unpackKeptFolder } from '../support/kept-folder.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart } from '../support/packaged-start.ts';

/*
 * A data folder that 0.1.0 wrote is opened by the package of today. The folder grows older: whatever was due since it was
 * packed is carried out now, so that nothing here depends on how long ago that was.
 */
const kept = describeKeptFolder('0.1.0');
const WITHIN_MS = 60_000;

let machine: PackagedMachine;
let first: PackagedStart;
let call: Caller;

beforeAll(async () => {
  machine = await createPackagedMachine();
  await unpackKeptFolder('0.1.0', machine.installation.dataFolder);
  first = await machine.start();
  call = caller(machine.baseUrl, kept.keys.first);
}, 120_000);
afterAll(() => machine.close(), WITHIN_MS);

async function withDatabase<T>(
  look: (log: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(machine.databaseUri());
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}

const migrations = (): Promise<readonly MigrationRecord[]> =>
  withDatabase(({ connection }) => createMigrationLog(connection).list());

async function command(caseId: string, path: string, body: Json = {}): Promise<Json> {
  const answer = await call('POST', `/v1/departures/${caseId}/${path}`, body, once());
  expect([path, answer.status, answer.body['code']]).toEqual([path, 200, undefined]);
  return answer.body;
}

/** Of a step that was over: what became of it and all that proves it. */
function settled(view: Json): readonly StepOfView[] {
  const steps = view['steps'] as readonly (StepOfView & { readonly settledAt?: string })[];
  return steps.filter(({ settledAt }) => settledAt !== undefined);
}

describe('a data folder of 0.1.0', () => {
  test('opens without another first key, and knows the old ones', async () => {
    expect(first.keys()).toEqual([]);
    const second = caller(machine.baseUrl, kept.keys.second);
    expect((await call('GET', '/v1/organisation')).status).toBe(200);
    expect((await second('GET', `/v1/people/${kept.people.colleague}`)).status).toBe(200);
  });

  test.each(Object.entries(kept.views))(
    'still has the case that was %s, with its proofs',
    async (_, view) => {
      const { status, body } = await call('GET', `/v1/departures/${view.id}`);
      expect(status).toBe(200);
      const { id, personId, requestedBy, requestedAt, request, plan } = view;
      expect(body).toMatchObject({ id, personId, requestedBy, requestedAt, request, plan });
      for (const step of settled(view)) expect(body['steps']).toContainEqual(expect.objectContaining(step));
      if (view['closedAt'] !== undefined)
        expect(body).toMatchObject({ state: view['state'], closedAt: view['closedAt'] });
    },
  );

  test('was migrated, each migration once', async () => {
    const records = await migrations();
    expect(records.map(({ id, state }) => [id, state])).toEqual(
      ALL_MIGRATIONS.map(({ id }) => [id, 'applied']),
    );
    // Five cases, the archive of the one that was deleted, the first key.
    expect(records.slice(0, 3).map(({ changed }) => changed)).toEqual([5, 1, 1]);
  });

  test('finds its old cases by the people they name', async () => {
    const { body } = await call('GET', `/v1/people/${kept.people.colleague}/references`);
    const roles = (body['items'] as readonly Json[]).filter(
      ({ departureId }) => departureId === kept.scheduled,
    );
    expect(roles.map(({ kind }) => kind).toSorted()).toEqual(['contact', 'successor']);
  });

  test('gives out the archive of the account that was deleted, and knows its end', async () => {
    const { status, body } = await call('GET', `/v1/archives/${kept.completed}`);
    expect([status, typeof body['expiresAt']]).toEqual([200, 'string']);
  });
});

describe('an open departure of 0.1.0', () => {
  test('takes commands before its day comes', async () => {
    expect(await command(kept.scheduled, 'pause')).toMatchObject({ effect: 'applied', state: 'paused' });
    expect((await command(kept.scheduled, 'resume'))['state']).not.toBe('paused');
  });

  test('goes on from where it needed attention once the reason is gone', async () => {
    const unprotected = await call('PATCH', `/v1/people/${kept.people.guarded}`, { protected: false });
    expect(unprotected.status).toBe(200);
    const failed = (kept.views.red['steps'] as readonly StepOfView[]).filter(
      ({ status }) => status === 'failed',
    );
    const keys = failed.map(({ key }) => key);
    expect(keys).toContain('prove-day-0');
    for (const key of keys) await command(kept.red, `steps/${key}/retry`);
    const results = async () => {
      const { steps } = await departure(call, kept.red);
      return steps.filter(({ key }) => keys.includes(key)).map(({ key, status }) => [key, status]);
    };
    await eventually(
      async () => (await results()).every(([, status]) => ['done', 'failed'].includes(status!)),
      WITHIN_MS,
    );
    expect(await results()).toEqual(keys.map((key) => [key, 'done']));
  });

  test('is undone as far as it can be, and says what does not come back', async () => {
    const answer = await command(kept.lockedOut, 'undo', { reason: 'they stay' });
    expect(answer).toMatchObject({ endsAs: 'undone' });
    expect((answer['wayBack'] as readonly Json[]).map(({ undoes }) => undoes)).toEqual(
      expect.arrayContaining(['disable-account', 'drop-administrator-role', 'start-auto-reply']),
    );
    expect(answer['cannotComeBack']).not.toEqual([]);
    await eventually(async () => (await departure(call, kept.lockedOut)).state === 'undone', WITHIN_MS);
    const { body } = await call('GET', `/v1/directory/accounts/${kept.people.gone}`);
    expect(body).toMatchObject({ status: 'active', role: 'administrator' });
  });
});

describe('the next start', () => {
  let before: readonly MigrationRecord[];

  test('applies nothing, and finds every case as it was left', async () => {
    before = await migrations();
    expect(await first.end('SIGTERM')).toBe(0);
    const second = await machine.start();
    expect(await migrations()).toEqual(before);
    expect((await departure(call, kept.lockedOut)).state).toBe('undone');
    expect((await command(kept.red, 'pause'))['state']).toBe('paused');
    await withDatabase(async ({ connection }) => {
      const changed = { $set: { checksum: 'of another text' } };
      await connection.collection<{ _id: string }>('migrations').updateOne({ _id: before[0]!.id }, changed);
    });
    expect(await second.end('SIGTERM')).toBe(0);
  });

  test('is refused when a migration is not the one that was applied', async () => {
    await expect(machine.start()).rejects.toThrow(
      `The migration ${before[0]!.id} was changed after release ${before[0]!.release} applied it`,
    );
    expect(await machine.heldPorts()).toEqual([]);
  });
});
