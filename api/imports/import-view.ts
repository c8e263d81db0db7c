import { possibleActions } from '../../shared/domain/imports/import-actions.ts';
import { mapColumns, type ColumnMapping } from '../../shared/domain/imports/map-columns.ts';
import {
  IMPORT_STOPS,
  type ImportedFile,
  type ImportPass,
  type ImportStop,
  type PeopleImport,
} from '../../shared/domain/imports/people-import.ts';
import { dryRunOf, progressOf } from '../../shared/domain/imports/progress.ts';
import { IMPORT_FILE_FAULTS, IMPORT_MAPPING_FAULTS } from '../../shared/errors/import-file-faults.ts';
import { utc } from '../http/instants.ts';
import { DELIMITER_SIGNS, DELIMITER_WORDS } from './import-fields.ts';
import { sentenceOfFault } from './sentence-of-fault.ts';

export function mappingOf({ headers, corrections }: PeopleImport): ColumnMapping {
  return mapColumns(headers, corrections);
}

/** An import as the API shows it at this moment. */
export function importView(theImport: PeopleImport, nowMs: number) {
  const { id, state, headers, settings, requestedBy, seed } = theImport;
  const { paused, rate, waiting, trouble, rowsUntilMs } = theImport;
  const mapping = mappingOf(theImport);
  const faults = mapping.kind === 'faulty' ? mapping.faults : [];
  const dryRun = dryRunOf(theImport);
  const progress = progressOf(theImport, nowMs);
  return {
    ...{ id, state, requestedBy, createdAt: utc(theImport.createdAtMs) },
    ...(seed.importId === id ? {} : { sameFileAs: seed.importId }),
    file: fileView(theImport.file),
    columns: headers.map((header, column) => ({ header, field: mapping.fields[column] ?? null })),
    mappingFaults: faults.map((fault) => ({ ...fault, sentence: IMPORT_MAPPING_FAULTS[fault.code] })),
    settings,
    ...(rate === undefined ? {} : { rate }),
    ...(dryRun === undefined ? {} : { dryRun: passView(dryRun) }),
    ...(theImport.run === undefined ? {} : { run: passView(theImport.run) }),
    ...(progress === undefined ? {} : { progress }),
    ...(paused === undefined ? {} : { paused: { by: paused.by, at: utc(paused.atMs) } }),
    // Whoever paused it has to resume it: the time alone does not let it go on.
    ...(waiting === undefined || paused !== undefined
      ? {}
      : {
          waiting: {
            ...{ until: utc(waiting.untilMs), for: waiting.for },
            ...(waiting.target === undefined ? {} : { target: waiting.target }),
          },
        }),
    ...(trouble === undefined ? {} : { trouble: { code: trouble.code, at: utc(trouble.atMs) } }),
    ...(theImport.stopped === undefined ? {} : { stopped: stopView(theImport.stopped) }),
    ...(rowsUntilMs === undefined ? {} : { rowsUntil: utc(rowsUntilMs) }),
    can: possibleActions(theImport),
    links: linksOf(theImport),
  };
}

function fileView({ delimiter, ...file }: ImportedFile) {
  const word = DELIMITER_WORDS.find((one) => DELIMITER_SIGNS[one] === delimiter);
  return { ...file, ...(word === undefined ? {} : { delimiter: word }) };
}

function passView({ startedAtMs, endedAtMs, rows, counts }: ImportPass) {
  return {
    startedAt: utc(startedAtMs),
    ...(endedAtMs === undefined ? {} : { endedAt: utc(endedAtMs) }),
    ...{ rows, counts },
  };
}

function stopView({ kind, atMs, code, line, by }: ImportStop) {
  return {
    ...{ kind, sentence: IMPORT_STOPS[kind], at: utc(atMs) },
    ...(code === undefined ? {} : { code, because: sentenceOfStop(code) }),
    ...(line === undefined ? {} : { line }),
    ...(by === undefined ? {} : { by }),
  };
}

function sentenceOfStop(code: string): string {
  const known: Readonly<Record<string, string>> = IMPORT_FILE_FAULTS;
  return known[code] ?? sentenceOfFault(code);
}

/** Where to look, and what to call next. */
function linksOf(theImport: PeopleImport) {
  const self = `/v1/imports/${theImport.id}`;
  const can = new Set(possibleActions(theImport));
  const isShown = theImport.staged !== undefined;
  return {
    ...{ self, events: `${self}/events` },
    ...(isShown ? { rows: `${self}/rows`, errors: `${self}/errors` } : {}),
    ...Object.fromEntries(
      (['mapping', 'dry-run', 'launch', 'pause', 'resume', 'abort', 'setup-links'] as const).flatMap(
        (action) => (can.has(action) ? [[action, `${self}/${action}`]] : []),
      ),
    ),
  };
}
