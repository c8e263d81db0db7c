import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ShownImport, ShownRow } from '../../shared/platform/api-client/shown-import.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure, expectOk, misused } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { followImport } from '../imports/follow-import.ts';
import type { ImportOptions } from '../imports/import-options.ts';
import {
  columnsText,
  countsText,
  importPath,
  rowLines,
  stopText,
  triedText,
} from '../imports/import-text.ts';
import { uploadFile } from '../imports/upload-file.ts';
import { writeErrorFile } from '../imports/write-error-file.ts';

/** Long enough for a release that comes while an import runs for days. */
const OUTLIVES_MS = 5 * 60_000;
/** So many of the rows that are wrong are shown, and of those that are worth a look. */
const SHOWN_ROWS = 20;

/** Brings people from a file: shows what would happen, asks, carries it out, and writes what failed beside the file. */
export async function importFile(
  context: CommandContext,
  file: string | undefined,
  options: ImportOptions,
): Promise<ExitCode> {
  const api = context.api({ patienceOnceAnsweredMs: OUTLIVES_MS });
  if (options.abort !== undefined) return abortImport(context, api, options.abort);
  if (options.watch !== undefined) return watchImport(context, api, options.watch);
  if (file === undefined) throw misused('FILE_MISSING', 'Name a file, or an import with --watch or --abort.');
  const taken = await takeFile(context, api, file, options);
  return unlessLeft(context, taken.id, () => bring(context, api, file, taken, options));
}

/** To its columns; an import whose columns are not understood is no use to anybody. */
async function takeFile(
  { terminal }: CommandContext,
  api: ApiClient,
  file: string,
  { column, rate, welcomeMail, mostInvalidPercent }: ImportOptions,
): Promise<ShownImport> {
  const settings = {
    ...(welcomeMail === undefined ? {} : { welcomeMail: 'true' }),
    ...(mostInvalidPercent === undefined ? {} : { mostInvalidPercent: String(mostInvalidPercent) }),
  };
  let theImport = await uploadFile(api, terminal, file, settings);
  const path = importPath(theImport.id);
  try {
    if (column.length > 0) theImport = shown(await api.patch(`${path}/mapping`, { columns: column }));
    if (rate !== undefined) theImport = shown(await api.patch(path, { rate }));
  } catch (error) {
    if (error instanceof CommandFailure) await api.post(`${path}/abort`, {});
    throw error;
  }
  terminal.err(`${columnsText(theImport)}\n`);
  const [fault] = theImport.mappingFaults;
  if (fault === undefined) return theImport;
  await api.post(`${path}/abort`, {});
  throw misused(
    fault.code,
    'Nothing was done: say what the columns mean, e.g. --column "Nachname=lastName".',
  );
}

async function bring(
  context: CommandContext,
  api: ApiClient,
  file: string,
  { id }: ShownImport,
  { yes, dryRunOnly }: ImportOptions,
): Promise<ExitCode> {
  const { terminal } = context;
  const path = importPath(id);
  expectOk(await api.post(`${path}/dry-run`, {}));
  const tried = await followImport(api, terminal, id);
  terminal.err(`${await dryRunText(api, tried)}\n`);
  if (tried.state !== 'ready') return end(context, api, file, tried);
  if (dryRunOnly === true) {
    terminal.err(`It can be launched still: POST ${path}/launch\n`);
    return end(context, api, file, tried);
  }
  await confirm(context, api, tried, yes);
  expectOk(await api.post(`${path}/launch`, {}));
  return end(context, api, file, await followImport(api, terminal, id));
}

async function confirm(
  { terminal }: CommandContext,
  api: ApiClient,
  { id, file }: ShownImport,
  yes: true | undefined,
): Promise<void> {
  if (yes === true) return;
  const refused = (sentence: string): CommandFailure => misused('NOT_CONFIRMED', sentence, { importId: id });
  if (!terminal.isInteractive)
    throw refused('Nothing was carried out, because nobody can be asked here: say --yes.');
  const answer = await terminal.ask(`Carry out these ${String(file.rows)} rows? Type yes: `);
  if (answer.trim().toLowerCase() === 'yes') return;
  await api.post(`${importPath(id)}/abort`, {});
  throw refused('Nothing was carried out, because the answer was not yes.');
}

const NOTHING_DONE = 'Nothing was carried out.';

/** What it came to, and what failed as a file. Some rows that failed are a bad end. */
async function end(
  context: CommandContext,
  api: ApiClient,
  file: string | undefined,
  theImport: ShownImport,
): Promise<ExitCode> {
  const { id, state, run, dryRun } = theImport;
  const pass = run ?? dryRun;
  const failed = pass?.counts.failed ?? 0;
  const errorFile = failed > 0 && file !== undefined ? await writeErrorFile(api, id, file) : undefined;
  const lines = [
    `${id} is ${state}. ${run === undefined ? NOTHING_DONE : countsText(run.counts, run.rows)}`,
    ...(state === 'stopped' ? [stopText(theImport)] : []),
    ...(errorFile === undefined ? [] : [`${errorFile}: the rows that failed. Mend it and import it.`]),
    ...((run?.counts.created ?? 0) > 0
      ? [`Links for whoever has no password yet: POST ${importPath(id)}/setup-links`]
      : []),
  ];
  context.show({ ...theImport, ...(errorFile === undefined ? {} : { errorFile }) }, lines.join('\n'));
  return failed > 0 || state === 'stopped' ? EXIT.failed : EXIT.fine;
}

async function dryRunText(api: ApiClient, { id, dryRun }: ShownImport): Promise<string> {
  if (dryRun === undefined) return 'The dry run did not begin.';
  const rows = async (query: string): Promise<readonly ShownRow[]> => {
    const path = `${importPath(id)}/rows?mode=dry_run&limit=${String(SHOWN_ROWS)}&${query}`;
    return expectOk(await api.get(path))['items'] as readonly ShownRow[];
  };
  const { counts } = dryRun;
  const wrong = counts.failed > 0 ? await rows('status=failed') : [];
  const warned = counts.warned > 0 ? await rows('warned=true') : [];
  const known = new Set(wrong.map(({ row }) => row));
  const lines = rowLines([...wrong, ...warned.filter(({ row }) => !known.has(row))]);
  const more = counts.failed > SHOWN_ROWS || counts.warned > SHOWN_ROWS ? ['  …'] : [];
  return [triedText(counts, dryRun.rows), ...lines, ...more].join('\n');
}

async function watchImport(context: CommandContext, api: ApiClient, id: string): Promise<ExitCode> {
  return unlessLeft(context, id, async () =>
    end(context, api, undefined, await followImport(api, context.terminal, id)),
  );
}

async function abortImport(context: CommandContext, api: ApiClient, id: string): Promise<ExitCode> {
  const stopped = shown(await api.post(`${importPath(id)}/abort`, {}));
  context.show(stopped, `${id} is ${stopped.state}. What was done until now stays.`);
  return EXIT.fine;
}

/** Ctrl-C ends the watching alone. */
async function unlessLeft(
  { terminal }: CommandContext,
  id: string,
  watching: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await watching();
  } catch (error) {
    if (terminal.signal.aborted)
      terminal.err(
        `What was begun goes on without you. Watch it: gangway import --watch ${id}\nStop it: gangway import --abort ${id}\n`,
      );
    throw error;
  }
}

function shown(answer: Parameters<typeof expectOk>[0]): ShownImport {
  return expectOk(answer) as unknown as ShownImport;
}
