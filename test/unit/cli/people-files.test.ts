import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cli } from '../../support/fake-terminal.ts';
import { startStubServer, type Stub, type StubServer } from '../../support/stub-server.ts';

let folder = '';
let server: StubServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-people-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
  server = undefined;
});

const CSV = 'first_name,last_name\r\nAda,Lovelace\r\n';

async function exporting(stub: Stub, args: readonly string[]) {
  server = await startStubServer(stub);
  return cli(['--url', server.url, 'export', ...args], { GANGWAY_API_KEY: 'gw_key' });
}

describe('export', () => {
  test('writes what was asked for into a file of the caller alone', async () => {
    const file = join(folder, 'people.csv');
    const args = [file, '--columns', 'first_name,last_name', '--status', 'active', '--bom'];
    const { code, out } = await exporting(() => ({ body: CSV }), args);
    expect([code, out]).toEqual([0, `${file}: 0.0 MB. Only you may read it.\n`]);
    expect(readFileSync(file, 'utf8')).toBe(CSV);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(server!.seen.map(({ path }) => path)).toEqual([
      '/v1/people/export?columns=first_name%2Clast_name&status=active&format=csv&bom=true',
    ]);
  });

  test('leaves nothing behind when the answer breaks off', async () => {
    const cut: Stub = () => ({
      stream: (response) => {
        response.write(CSV);
        setTimeout(() => response.destroy(), 50);
      },
    });
    const { code, err } = await exporting(cut, [join(folder, 'people.csv')]);
    expect([code, err]).toEqual([3, expect.stringContaining('(EXPORT_CUT)')]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says what Gangway refuses, and writes nothing', async () => {
    const refused: Stub = () => ({
      status: 403,
      body: { code: 'SCOPE_MISSING', title: 'Not with this key.' },
    });
    const { code, err } = await exporting(refused, [join(folder, 'people.xlsx')]);
    expect([code, err]).toEqual([4, 'gangway: Not with this key. (SCOPE_MISSING)\n']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['FORMAT_UNKNOWN', 'people.txt'],
    ['FILE_EXISTS', 'there.csv'],
    ['FILE_UNWRITABLE', 'nowhere/people.csv'],
  ])('asks for nothing that cannot be kept: %s', async (expected, name) => {
    writeFileSync(join(folder, 'there.csv'), 'kept');
    const { code, err } = await exporting(() => ({ body: CSV }), [join(folder, name)]);
    expect([code, err]).toEqual([2, expect.stringContaining(`(${expected})`)]);
    expect(server!.seen).toEqual([]);
    expect(readFileSync(join(folder, 'there.csv'), 'utf8')).toBe('kept');
  });
});

describe('read', () => {
  const reading = (text: string, ...args: readonly string[]) => {
    const file = join(folder, 'leute.csv');
    writeFileSync(file, text);
    return cli(['read', file, ...args], {});
  };

  test('shows how a file is understood', async () => {
    const { code, out } = await reading(
      'Vorname;Nachname;Abteilung;Schuhgrösse\nAda;Lovelace;"Nord\nSüd";38\n',
    );
    expect(code).toBe(0);
    expect(out).toContain('text in utf-8, separated by semicolons, 1 rows.');
    expect(out).toMatch(/Vorname +firstName/u);
    expect(out).toMatch(/Schuhgrösse +\(left alone\)/u);
  });

  test('says which column nobody can be made without', async () => {
    const { code, out } = await reading('first_name,department\nAda,Sales\n', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      rows: 1,
      faults: [{ code: 'IMPORT_COLUMN_MISSING', field: 'lastName' }],
    });
  });

  test('names the line of a fault, also in the last row', async () => {
    const { code, err } = await reading('first_name,last_name\nAda,Lovelace\nGrace,"Hopper\n');
    expect([code, err]).toEqual([1, expect.stringMatching(/Line 3\. \(IMPORT_QUOTE_UNBALANCED\)/u)]);
  });

  test('says that there is no such file', async () => {
    const { code, err } = await cli(['read', join(folder, 'nothing.csv')], {});
    expect([code, err]).toEqual([2, expect.stringContaining('(FILE_UNREADABLE)')]);
  });
});
