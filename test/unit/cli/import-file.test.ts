import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runCli } from '../../../cli/run-cli.ts';
import { NO_ROWS, type ImportCounts } from '../../../shared/domain/imports/people-import.ts';
import { cli, createFakeTerminal, type TypedAnswer } from '../../support/fake-terminal.ts';
import { startStubServer, type Seen, type StubAnswer, type StubServer } from '../../support/stub-server.ts';

let folder = '';
let file = '';
let server: StubServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-import-'));
  file = join(folder, 'people.csv');
  writeFileSync(file, CSV);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
  server = undefined;
});

const CSV = 'first_name,last_name\nAda,Lovelace\nGrace,Hopper\n';
const ERRORS = 'import_row,import_error,first_name,last_name\r\nimp_1.2,no,Grace,Hopper\r\n';

interface Story {
  readonly mappingFaults?: readonly object[];
  readonly tried?: Partial<ImportCounts>;
  /** What the dry run comes to. */
  readonly after?: 'ready' | 'stopped';
  readonly done?: Partial<ImportCounts>;
  /** The stream of events stays open. */
  readonly goesOnForEver?: true;
  readonly refuses?: (seen: Seen) => StubAnswer | undefined;
}

/** Gangway as far as an import needs it. */
async function gangway(story: Story = {}): Promise<void> {
  let state = 'mapped';
  const { tried = { created: 2 }, done = { created: 2 }, after = 'ready', mappingFaults = [] } = story;
  const pass = (counts: Partial<ImportCounts>) => ({ rows: 2, counts: { ...NO_ROWS, ...counts } });
  const view = () => ({
    ...{ id: 'imp_1', state, mappingFaults },
    file: { rows: 2, kind: 'text', encoding: 'utf-8', encodingBy: 'content', delimiter: 'comma' },
    columns: [
      { header: 'first_name', field: 'firstName' },
      { header: 'remark', field: null },
    ],
    ...(state === 'mapped' ? {} : { dryRun: pass(tried) }),
    ...(state === 'running' || state === 'finished' ? { run: pass(done) } : {}),
    ...(state === 'stopped' ? { stopped: { sentence: 'Too many rows cannot be carried out.' } } : {}),
    progress: { rows: 1, ofRows: 2, rowsPerMinute: 30, secondsLeft: 691_200 },
  });
  server = await startStubServer((seen) => {
    const { method, path } = seen;
    const refusal = story.refuses?.(seen);
    if (refusal !== undefined) return refusal;
    if (path.endsWith('/dry-run')) state = 'dry_run';
    if (path.endsWith('/launch')) state = 'running';
    if (path.endsWith('/abort')) state = 'stopped';
    if (path.endsWith('/events'))
      return {
        stream(response) {
          response.write(`event: import\nid: 1\ndata: ${JSON.stringify(view())}\n\n`);
          if (story.goesOnForEver === true) return;
          state = state === 'dry_run' ? after : 'finished';
          response.end('event: end\nid: 1.end\ndata: {}\n\n');
        },
      };
    if (path.includes('/rows')) {
      const fault = { code: 'ADDRESS_TWICE', sentence: 'The file names this address twice.' };
      return { body: { items: [{ row: 2, line: 3, error: { ...fault, field: 'address' }, warnings: [] }] } };
    }
    if (path.includes('/errors')) return { body: ERRORS };
    return { status: method === 'POST' && path.startsWith('/v1/imports?') ? 201 : 200, body: view() };
  });
}

const KEY = { GANGWAY_API_KEY: 'gw_key' };
const run = (args: readonly string[], answers?: readonly TypedAnswer[]) =>
  cli(['--url', server!.url, 'import', ...args], KEY, answers);
const asked = (): readonly string[] => server!.seen.map(({ method, path }) => `${method} ${path}`);

test('uploads, shows what would happen, asks, and carries it out', async () => {
  await gangway();
  const { code, out, err } = await run([file], ['yes']);
  expect(code).toBe(0);
  expect(out).toContain('imp_1 is finished. 2 rows: 2 created.');
  expect(err).toContain('Text in utf-8, separated by comma, 2 rows.');
  expect(err).toMatch(/remark +\(left alone\)/u);
  expect(err).toContain('Dry run, nothing was done yet. 2 rows would be: 2 created.');
  expect(err).toContain('Carrying out rows');
  expect(asked()).toEqual([
    'POST /v1/imports?name=people.csv',
    ...['POST /v1/imports/imp_1/dry-run', 'GET /v1/imports/imp_1/events', 'GET /v1/imports/imp_1'],
    ...['POST /v1/imports/imp_1/launch', 'GET /v1/imports/imp_1/events', 'GET /v1/imports/imp_1'],
  ]);
  expect(server!.seen[0]!.body).toBe(CSV);
  expect(server!.seen[0]!.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/u);
  expect(existsSync(`${file}.errors.csv`)).toBe(false);
});

test('says what columns mean, how fast, and that mails are to go out', async () => {
  await gangway();
  const options = ['--column', 'a=b=lastName', '--column', 'remark=', '--rate', '50/24h', '--welcome-mail'];
  expect((await run([file, '--yes', ...options])).code).toBe(0);
  expect(asked()[0]).toBe('POST /v1/imports?name=people.csv&welcomeMail=true');
  const sent = server!.seen.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  expect(sent).toEqual([
    {
      columns: [
        { header: 'a=b', field: 'lastName' },
        { header: 'remark', field: null },
      ],
    },
    { rate: { rows: 50, perHours: 24 } },
  ]);
});

describe('rows that failed', () => {
  test('are shown by their line, written beside the file, and a bad end', async () => {
    await gangway({ tried: { created: 1, failed: 1 }, done: { created: 1, failed: 1 } });
    const { code, out, err } = await run([file, '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('line 3, address: The file names this address twice. (ADDRESS_TWICE)');
    expect(out).toContain(`${file}.errors.csv: the rows that failed.`);
    expect(readFileSync(`${file}.errors.csv`, 'utf8')).toBe(ERRORS);
    expect(statSync(`${file}.errors.csv`).mode & 0o777).toBe(0o600);
  });

  test('never take the place of a file that is there', async () => {
    await gangway({ done: { failed: 1 } });
    writeFileSync(`${file}.errors.csv`, 'half mended');
    const { out } = await run([file, '--yes']);
    expect(readFileSync(`${file}.errors.csv`, 'utf8')).toBe('half mended');
    expect(readFileSync(`${file}.errors.2.csv`, 'utf8')).toBe(ERRORS);
    expect(out).toContain(`${file}.errors.2.csv`);
  });

  test('end it where there are too many', async () => {
    await gangway({ tried: { failed: 2 }, after: 'stopped' });
    const { code, out } = await run([file, '--yes', '--most-invalid-percent', '50']);
    expect(asked()[0]).toBe('POST /v1/imports?name=people.csv&mostInvalidPercent=50');
    expect([code, out]).toEqual([1, expect.stringContaining('Too many rows cannot be carried out.')]);
    expect(out).toContain('imp_1 is stopped. Nothing was carried out.');
    expect(asked().some((one) => one.includes('launch'))).toBe(false);
    expect(existsSync(`${file}.errors.csv`)).toBe(true);
  });
});

describe('nothing is carried out', () => {
  const wasLaunched = (): boolean => asked().some((one) => one.includes('launch'));

  test('where nobody can be asked', async () => {
    await gangway();
    const { code, err } = await run([file]);
    expect([code, err]).toEqual([2, expect.stringContaining('say --yes. (NOT_CONFIRMED)')]);
    expect(wasLaunched()).toBe(false);
  });

  test('where the answer is not yes', async () => {
    await gangway();
    expect((await run([file], ['no'])).code).toBe(2);
    expect(wasLaunched()).toBe(false);
    expect(asked()).toContain('POST /v1/imports/imp_1/abort');
  });

  test('where only a dry run is wanted', async () => {
    await gangway();
    const { code, out, err } = await run([file, '--dry-run-only']);
    expect([code, out]).toEqual([0, expect.stringContaining('imp_1 is ready. Nothing was carried out.')]);
    expect(err).toContain('It can be launched still: POST /v1/imports/imp_1/launch');
    expect(wasLaunched()).toBe(false);
  });

  test('where the columns are not understood', async () => {
    const sentence = 'No column was found for this, and nobody can be made without it.';
    await gangway({ mappingFaults: [{ code: 'IMPORT_COLUMN_MISSING', sentence, field: 'lastName' }] });
    const { code, err } = await run([file, '--yes']);
    expect([code, err]).toEqual([2, expect.stringContaining(`lastName: ${sentence}`)]);
    expect(asked().at(-1)).toBe('POST /v1/imports/imp_1/abort');
  });

  test('where a correction is refused', async () => {
    await gangway({
      refuses: ({ path }) =>
        path.endsWith('/mapping')
          ? { status: 422, body: { code: 'IMPORT_COLUMN_UNKNOWN', title: 'No such column.' } }
          : undefined,
    });
    const { code, err } = await run([file, '--yes', '--column', 'x=lastName']);
    expect([code, err]).toEqual([4, expect.stringContaining('(IMPORT_COLUMN_UNKNOWN)')]);
    expect(asked().at(-1)).toBe('POST /v1/imports/imp_1/abort');
  });

  test('where the file cannot be taken: its line is told', async () => {
    const problem = { code: 'IMPORT_QUOTE_UNBALANCED', title: 'A quote.', detail: 'Line 3.', line: 3 };
    await gangway({ refuses: () => ({ status: 422, body: problem }) });
    const { code, out } = await run([file, '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([4, { error: { code: problem.code, line: 3 } }]);
  });

  test.each([
    ['no file', [], 'FILE_MISSING'],
    ['a file that is not there', [join(tmpdir(), 'gangway-none.csv')], 'FILE_UNREADABLE'],
    ['a folder', [tmpdir()], 'FILE_UNREADABLE'],
    ['a field that there is not', ['x.csv', '--column', 'a=b'], 'There is no such field'],
    ['a rate that is none', ['x.csv', '--rate', '50'], 'e.g. 50/24h'],
    ['a share that is none', ['x.csv', '--most-invalid-percent', '101'], 'from 0 to 100'],
    ['two wishes', ['--watch', 'imp_1', '--abort', 'imp_1'], 'cannot be used with'],
  ])('with %s', async (_what, args, word) => {
    await gangway();
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(word)]);
    expect(asked()).toEqual([]);
  });
});

describe('an import that goes on', () => {
  test('is left alone by Ctrl-C, which says how to come back', async () => {
    await gangway({ goesOnForEver: true });
    const interrupt = new AbortController();
    const terminal = createFakeTerminal(KEY, undefined, interrupt.signal);
    const running = runCli(['--url', server!.url, 'import', file, '--yes'], terminal);
    while (!asked().some((one) => one.includes('/events'))) await new Promise((tick) => setTimeout(tick, 5));
    interrupt.abort();
    expect(await running).toBe(130);
    expect(terminal.written.err).toContain('Watch it: gangway import --watch imp_1');
    expect(asked().some((one) => one.includes('abort'))).toBe(false);
  });

  test('is watched to its end', async () => {
    await gangway();
    const { code, out } = await run(['--watch', 'imp_1']);
    expect([code, out]).toEqual([0, expect.stringContaining('imp_1 is finished. 2 rows: 2 created.')]);
  });

  test('is aborted', async () => {
    await gangway();
    const { code, out } = await run(['--abort', 'imp_1']);
    expect([code, out]).toEqual([0, 'imp_1 is stopped. What was done until now stays.\n']);
  });

  test('shows how fast it goes and what is left, on one line of a terminal', async () => {
    await gangway();
    const terminal = { ...createFakeTerminal(KEY), isLive: true };
    await runCli(['--url', server!.url, 'import', file, '--yes'], terminal);
    expect(terminal.written.err).toContain('Trying rows … 50 %, 30 rows a minute, 8 days left');
  });
});
