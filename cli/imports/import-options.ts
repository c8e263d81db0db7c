import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { ColumnCorrection } from '../../shared/domain/imports/map-columns.ts';
import { IMPORT_FIELDS } from '../../shared/domain/imports/import-fields.ts';
import type { ImportRate } from '../../shared/domain/imports/people-import.ts';

/** What `import` takes besides the file. */
export interface ImportOptions {
  readonly yes?: true;
  readonly dryRunOnly?: true;
  readonly column: readonly ColumnCorrection[];
  readonly rate?: ImportRate;
  readonly welcomeMail?: true;
  readonly mostInvalidPercent?: number;
  /** In place of a file: one that goes on. */
  readonly watch?: string;
  readonly abort?: string;
}

export function withImportOptions(command: Command): Command {
  return command
    .option('-y, --yes', 'do not ask before it is carried out')
    .option('--dry-run-only', 'end after the dry run')
    .addOption(
      new Option('--column <header=field>', 'what a column means; an empty field leaves it alone')
        .argParser(addColumn)
        .default([], 'as its header says'),
    )
    .option('--rate <rows/hours>', 'at most so many rows in so many hours, e.g. 50/24h', rateOf)
    .option('--welcome-mail', 'mail a setup link to whoever has no password and a private contact')
    .addOption(
      new Option(
        '--most-invalid-percent <number>',
        'stop where more of the rows fail; 20 unless said',
      ).argParser(percentOf),
    )
    .addOption(new Option('--watch <id>', 'follow an import that goes on').conflicts(['abort', 'yes']))
    .addOption(new Option('--abort <id>', 'stop an import, and leave what was done').conflicts('yes'));
}

/** The last equals sign counts: a header may have one. */
function addColumn(text: string, before: readonly ColumnCorrection[]): readonly ColumnCorrection[] {
  const at = text.lastIndexOf('=');
  const [header, word] = [text.slice(0, at), text.slice(at + 1)];
  const field = IMPORT_FIELDS.find((one) => one === word);
  if (at < 1) throw new InvalidArgumentError('Write HEADER=field.');
  if (field === undefined && word !== '')
    throw new InvalidArgumentError(`There is no such field. Those there are: ${IMPORT_FIELDS.join(', ')}.`);
  return [...before, { header, field: field ?? null }];
}

function percentOf(text: string): number {
  if (!/^(?:100|\d{1,2})$/u.test(text)) throw new InvalidArgumentError('Write a whole number from 0 to 100.');
  return Number(text);
}

function rateOf(text: string): ImportRate {
  const { rows, hours } = /^(?<rows>[1-9]\d*)\/(?<hours>[1-9]\d*)h$/u.exec(text)?.groups ?? {};
  if (rows === undefined) throw new InvalidArgumentError('Write ROWS/HOURS, e.g. 50/24h.');
  return { rows: Number(rows), perHours: Number(hours) };
}
