import type { ImportCounts } from '../../shared/domain/imports/people-import.ts';
import type { ShownImport, ShownRow } from '../../shared/platform/api-client/shown-import.ts';
import { formatTable } from '../../shared/platform/format-table.ts';

export function importPath(id: string): string {
  return `/v1/imports/${encodeURIComponent(id)}`;
}

/** How the file was understood. */
export function columnsText({ file, columns, mappingFaults }: ShownImport): string {
  return [
    `${shapeText(file)}, ${String(file.rows)} rows.`,
    formatTable([
      ['COLUMN', 'IS READ AS'],
      ...columns.map(({ header, field }) => [header, field ?? '(left alone)']),
    ]),
    ...mappingFaults.map(({ code, sentence, headers = [], field }) => {
      const about = [...headers, ...(field === undefined ? [] : [field])].join(', ');
      return `${about}: ${sentence} (${code})`;
    }),
  ].join('\n');
}

function shapeText({ kind, encoding, encodingBy, delimiter, sheetName }: ShownImport['file']): string {
  if (kind === 'xlsx') return `An Excel workbook, its sheet "${sheetName ?? ''}"`;
  const guessed = encodingBy === 'guess' ? ' (a guess)' : '';
  return `Text in ${encoding ?? ''}${guessed}, separated by ${delimiter ?? ''}`;
}

const COUNTED: readonly (readonly [keyof ImportCounts, string])[] = [
  ['created', 'created'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['departures', 'departures'],
  ['failed', 'failed'],
  ['warned', 'with a warning'],
];

/** `412 rows: 398 created, 14 failed, 3 with a warning.` */
export function countsText(counts: ImportCounts, rows: number): string {
  return `${String(rows)} rows: ${namedCounts(counts)}.`;
}

/** The same of a dry run, which did none of it. */
export function triedText(counts: ImportCounts, rows: number): string {
  return `Dry run, nothing was done yet. ${String(rows)} rows would be: ${namedCounts(counts)}.`;
}

function namedCounts(counts: ImportCounts): string {
  const named = COUNTED.filter(([name]) => counts[name] > 0).map(
    ([name, word]) => `${String(counts[name])} ${word}`,
  );
  return named.length === 0 ? 'nothing to do' : named.join(', ');
}

/** A line for each thing that is wrong with these rows, or worth a look. */
export function rowLines(rows: readonly ShownRow[]): readonly string[] {
  return rows.flatMap(({ line, error, warnings }) =>
    [...(error === undefined ? [] : [error]), ...warnings].map(({ code, sentence, field, detail }) => {
      const where = field === undefined ? '' : `, ${field}`;
      return `  line ${String(line)}${where}: ${[sentence, ...(detail === undefined ? [] : [detail])].join(' ')} (${code})`;
    }),
  );
}

/** Why it came to no end. */
export function stopText({ stopped }: ShownImport): string {
  const { sentence = 'It was stopped.', because, line } = stopped ?? {};
  const where = line === undefined ? '' : `Line ${String(line)}.`;
  return [sentence, because ?? '', where].filter((text) => text !== '').join(' ');
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** In the largest unit of which there are two at least, rounded up. */
export function timeLeftText(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  const count = Math.ceil(seconds / size);
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}
