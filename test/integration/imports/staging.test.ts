import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import { createImportActivities } from '../../../activities/imports/import-activities.ts';
import type { ImportPorts } from '../../../activities/imports/import-ports.ts';
import type { PassRef } from '../../../shared/contract/import-engine.ts';
import type { ImportPage, StagedRow } from '../../../shared/domain/imports/import-row.ts';
import type { PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { everythingStored } from '../../support/everything-stored.ts';
import { anImport, createFakeDesk, layUpload, peopleFile } from '../../support/imports.ts';
import {
  anOrganisation,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

let repositories: TestRepositories;
beforeAll(async () => {
  repositories = await openTestRepositories();
});
afterAll(() => repositories.close());

let uploadsFolder = '';
let logs: string[] = [];
let heartbeats = 0;
beforeEach(() => {
  uploadsFolder = mkdtempSync(join(tmpdir(), 'gangway-uploads-'));
  [logs, heartbeats] = [[], 0];
});
afterEach(() => rmSync(uploadsFolder, { recursive: true, force: true }));

const NOW_MS = 1_000_000;
const PASSWORD = 'a quiet harbour at dawn 7';

function activities(overrides: Partial<ImportPorts> = {}) {
  const log = (fields: object, message: string): void =>
    void logs.push(JSON.stringify({ ...fields, message }));
  return createImportActivities({
    ...{ repositories, desk: createFakeDesk(), uploadsFolder, clock: { now: () => NOW_MS } },
    heartbeat: () => {
      heartbeats += 1;
    },
    log: { warn: log, error: log },
    importEngine: { tell: () => Promise.resolve('told') },
    ...overrides,
  });
}

async function uploaded(text: string, overrides: Partial<PeopleImport> = {}) {
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId));
  const rows = text.split('\n').length - 2;
  const fresh = anImport(orgId);
  const theImport = { ...fresh, file: { ...fresh.file, rows }, ...overrides };
  await repositories.imports.insert(theImport);
  const path = await layUpload(uploadsFolder, theImport, text);
  const pass: PassRef = { orgId, importId: theImport.id, mode: 'dry_run', number: 1 };
  return { orgId, id: theImport.id, path, pass, now: () => repositories.imports.get(orgId, theImport.id) };
}

async function rowsOf(orgId: string, importId: string): Promise<readonly StagedRow[]> {
  const rows: StagedRow[] = [];
  for (let number = 1; ; number += 1) {
    const page = await repositories.imports.getPage(orgId, importId, number);
    if (page === undefined) return rows;
    rows.push(...page.rows);
  }
}

describe('an upload that is staged', () => {
  test('becomes pages of rows with their lines, and is gone from the disk', async () => {
    const text = peopleFile(401, (n) => (n === 2 ? '"Ada\nMaria",Byron,,,' : `Ada,Byron${n},,,`));
    const { orgId, id, pass, path, now } = await uploaded(text);
    await activities().stageUpload(pass);
    const rows = await rowsOf(orgId, id);
    expect(rows).toHaveLength(401);
    expect(rows[0]).toEqual({ number: 1, line: 2, values: ['Ada', 'Byron1', '', '', ''] });
    expect(rows[2]).toMatchObject({ number: 3, line: 5 });
    expect((await repositories.imports.getPage(orgId, id, 3))?.rows).toHaveLength(1);
    expect(await now()).toMatchObject({
      ...{ state: 'dry_run', staged: { pages: 3, rows: 401, atMs: NOW_MS }, passwordColumn: 3 },
    });
    expect(existsSync(path)).toBe(false);
    expect(heartbeats).toBeGreaterThanOrEqual(3);
  });

  test('leaves no password in clear, neither in the database nor in the log', async () => {
    const cells = [
      PASSWORD,
      'short',
      'password1234567',
      `Ada Byron ${'x'.repeat(3)}`,
      `tab\there ${PASSWORD}`,
      'z'.repeat(300),
    ];
    const text = peopleFile(cells.length, (n) => `Ada,Byron,,"${cells[n - 1]}",`);
    const { orgId, id, pass } = await uploaded(text);
    await activities().stageUpload(pass);
    const stored = await everythingStored(repositories, orgId);
    for (const cell of cells)
      expect([stored, ...logs].join('\n')).not.toContain(JSON.stringify(cell).slice(1, -1));
    const rows = await rowsOf(orgId, id);
    const [first, ...others] = rows.map(({ password }) => password);
    expect(await verify((first as { hash: string }).hash, PASSWORD)).toBe(true);
    expect(others).toEqual([
      { fault: 'PASSWORD_TOO_SHORT' },
      { fault: 'PASSWORD_TOO_COMMON' },
      { fault: 'PASSWORD_TOO_SHORT' },
      { fault: 'INVALID_REQUEST' },
      { fault: 'PASSWORD_TOO_LONG' },
    ]);
    expect(rows.every(({ values }) => values[3] === '')).toBe(true);
  });

  test('keeps none either where a second column looks like one, is left alone, or a delimiter too many moved it', async () => {
    const headers = ['first_name', 'last_name', 'password', 'Kennwort', 'mot de passe'];
    const lines = [
      `Ada,Byron,${PASSWORD},${PASSWORD},${PASSWORD}`,
      `Ada,Byron,Jr,${PASSWORD},${PASSWORD},${PASSWORD}`,
    ];
    const { orgId, id, pass } = await uploaded([headers.join(','), ...lines, ''].join('\n'), {
      ...{ headers, corrections: [{ header: 'mot de passe', field: null }] },
    });
    await activities().stageUpload(pass);
    expect(await everythingStored(repositories, orgId)).not.toContain(PASSWORD);
    const [straight, moved] = await rowsOf(orgId, id);
    expect(straight).toMatchObject({
      values: ['Ada', 'Byron', '', '', ''],
      password: { hash: expect.any(String) },
    });
    expect(moved).toEqual({ number: 2, line: 3, values: ['Ada', 'Byron', '', '', '', ''] });
  });

  test('has passwords in whatever column somebody said', async () => {
    const headers = ['first_name', 'last_name', 'note'];
    const text = [headers.join(','), `Ada,Byron,${PASSWORD}`, ''].join('\n');
    const { orgId, pass, now } = await uploaded(text, {
      ...{ headers, corrections: [{ header: 'note', field: 'password' as const }] },
    });
    await activities().stageUpload(pass);
    expect(await everythingStored(repositories, orgId)).not.toContain(PASSWORD);
    expect((await now())?.passwordColumn).toBe(2);
  });
});

describe('staging that is interrupted', () => {
  const text = peopleFile(450, (n) => (n % 150 === 0 ? `Ada,Byron${n},,${PASSWORD},` : `Ada,Byron${n},,,`));
  const shape = (rows: readonly StagedRow[]) =>
    rows.map(({ password, ...row }) => ({
      ...row,
      hasPassword: password !== undefined && 'hash' in password,
    }));

  test('comes to the same end after every write', async () => {
    const whole = await uploaded(text);
    const alive = dyingProcess(repositories.database.connection);
    await activities()
      .stageUpload(whole.pass)
      .finally(() => alive.restart());
    const expected = shape(await rowsOf(whole.orgId, whole.id));
    expect(alive.written).toHaveLength(5);
    for (const [index] of alive.written.entries()) {
      const { orgId, id, pass, path, now } = await uploaded(text);
      const process = dyingProcess(repositories.database.connection, ({ length }) => length === index + 1);
      await expect(activities().stageUpload(pass)).rejects.toThrow();
      process.restart();
      expect(process.died).toBe(true);
      await activities().stageUpload(pass);
      expect(shape(await rowsOf(orgId, id))).toEqual(expected);
      expect((await now())?.staged).toEqual({ pages: 3, rows: 450, atMs: NOW_MS });
      expect(existsSync(path)).toBe(false);
    }
  });

  test('hashes nothing again that is there already', async () => {
    const { orgId, id, pass } = await uploaded(text);
    const process = dyingProcess(
      repositories.database.connection,
      (written) => written.at(-1) === 'import_rows.insertOne',
    );
    await expect(activities().stageUpload(pass)).rejects.toThrow();
    process.restart();
    const before = await rowsOf(orgId, id);
    expect(before).toHaveLength(200);
    await activities().stageUpload(pass);
    expect((await rowsOf(orgId, id)).slice(0, 200)).toEqual(before);
  });

  test('wipes the upload where only that was left to do, and does nothing more', async () => {
    const { pass, path, now } = await uploaded(text);
    await activities().stageUpload(pass);
    const staged = await now();
    await writeFile(path, 'as if it had died before');
    await activities().stageUpload(pass);
    expect(existsSync(path)).toBe(false);
    expect(await now()).toEqual(staged);
  });

  test('of a workflow that was cancelled leaves neither rows nor upload', async () => {
    const { orgId, id, pass, path, now } = await uploaded(text);
    const process = dyingProcess(repositories.database.connection, (written) => written.length === 3);
    await expect(activities().stageUpload(pass)).rejects.toThrow();
    process.restart();
    expect(await rowsOf(orgId, id)).toHaveLength(400);
    expect(await activities().endPass(pass)).toEqual({ state: 'stopped' });
    expect(await rowsOf(orgId, id)).toEqual([]);
    expect([existsSync(path), (await now())?.stopped?.kind]).toEqual([false, 'CANCELLED']);
  });

  test('stops by itself when somebody aborted the import, and leaves neither rows nor upload', async () => {
    const { orgId, id, pass, path, now } = await uploaded(text);
    const imports = {
      ...repositories.imports,
      async insertPage(page: ImportPage) {
        const current = (await now())!;
        await repositories.imports.update(current, {
          state: 'stopped',
          stopped: { kind: 'ABORTED', atMs: 1 },
        });
        return repositories.imports.insertPage(page);
      },
    };
    await activities({ repositories: { ...repositories, imports } }).stageUpload(pass);
    expect(await rowsOf(orgId, id)).toEqual([]);
    expect(existsSync(path)).toBe(false);
    expect((await now())?.stopped?.kind).toBe('ABORTED');
  });
});

describe('a file that cannot be read to its end', () => {
  test('stops the import with its code and line, and leaves neither rows nor upload, whatever it dies of', async () => {
    const text = `${peopleFile(450).trimEnd()}\n"Ada,Byron\n`;
    for (const nth of [undefined, 1, 2, 3, 4, 5]) {
      const { orgId, id, pass, path, now } = await uploaded(text);
      const process = dyingProcess(repositories.database.connection, ({ length }) => length === nth);
      if (nth !== undefined) await expect(activities().stageUpload(pass)).rejects.toThrow();
      process.restart();
      await activities().stageUpload(pass);
      expect((await now())?.state).toBe('stopped');
      expect((await now())?.stopped).toEqual({
        ...{ kind: 'FILE', atMs: NOW_MS, code: 'IMPORT_QUOTE_UNBALANCED', line: 452 },
      });
      expect(await rowsOf(orgId, id)).toEqual([]);
      expect(existsSync(path)).toBe(false);
    }
  });

  test('is no fault of the file where another attempt staged and wiped it meanwhile', async () => {
    const { pass, path, now } = await uploaded(peopleFile(3));
    await writeFile(path, Buffer.alloc((await readFile(path)).length));
    const organisations = {
      ...repositories.organisations,
      async get(orgId: string) {
        const current = (await now())!;
        await repositories.imports.update(current, { staged: { pages: 1, rows: 3, atMs: 1 } });
        return anOrganisation(orgId);
      },
    };
    await activities({ repositories: { ...repositories, organisations } }).stageUpload(pass);
    expect(await now()).toMatchObject({ state: 'dry_run', staged: { rows: 3 } });
    expect(existsSync(path)).toBe(false);
  });

  test('or where it is gone, is no success: it is said, and tried again', async () => {
    const { pass, path, now } = await uploaded(peopleFile(3));
    rmSync(path);
    await expect(activities().stageUpload(pass)).rejects.toMatchObject({
      type: 'UNEXPECTED',
      nonRetryable: false,
    });
    expect(await now()).toMatchObject({ state: 'dry_run', trouble: { code: 'UNEXPECTED', atMs: NOW_MS } });
  });
});
