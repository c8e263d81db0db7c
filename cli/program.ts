import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { CASE_STATES } from '../shared/domain/case-states.ts';
import { PERSON_STATUSES } from '../shared/domain/person.ts';
import { DELIMITERS, EXPORT_FORMATS } from '../shared/platform/exports/write-table.ts';
import { packageVersion } from '../shared/platform/config/package-version.ts';
import { createContext } from './command-context.ts';
import type { CommandContext, CommonOptions } from './command-context.ts';
import { approve } from './commands/approve.ts';
import { backup } from './commands/backup.ts';
import { depart } from './commands/depart.ts';
import type { DepartOptions } from './commands/depart.ts';
import { departures } from './commands/departures.ts';
import type { ListOptions } from './commands/departures.ts';
import { doctor } from './commands/doctor.ts';
import { exportPeople } from './commands/export-people.ts';
import type { ExportOptions } from './commands/export-people.ts';
import { importFile } from './commands/import-file.ts';
import { createKey } from './commands/key-create.ts';
import type { KeyOptions } from './commands/key-create.ts';
import { readFile } from './commands/read-file.ts';
import { restore } from './commands/restore.ts';
import type { RestoreCommandOptions } from './commands/restore.ts';
import { retry } from './commands/retry.ts';
import { simulate } from './commands/simulate.ts';
import { watch } from './commands/watch.ts';
import { withDepartureOptions } from './departures/departure-options.ts';
import type { DepartureOptions } from './departures/departure-options.ts';
import { withImportOptions } from './imports/import-options.ts';
import type { ImportOptions } from './imports/import-options.ts';
import { WATCH_ENDS } from './departures/timeline.ts';
import type { WatchEnd } from './departures/timeline.ts';
import { EXIT_CODES_HELP } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

const PERSON = new Argument('<person>', 'id or address of the person');
const DEPARTURE = new Argument('<id>', 'id of the departure, cas_…');

/** Every command with its arguments. `finish` is told the exit code of the one that ran. */
export function createProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('gangway')
    .description(
      'Carries out departures: asks for them, watches them, brings people from files and exports them, and looks after the installation.',
    )
    .version(packageVersion)
    .option('--url <address>', 'where the API is (default: GANGWAY_PUBLIC_URL, else this machine)')
    .option('--key-file <file>', 'file with the API key (default: GANGWAY_API_KEY or GANGWAY_API_KEY_FILE)')
    .option('--json', 'print one JSON document instead of text')
    .addHelpText('after', EXIT_CODES_HELP);

  const contextOf = (command: Command): CommandContext =>
    createContext(terminal, command.optsWithGlobals<CommonOptions>());
  const runs = (command: Command, run: (context: CommandContext) => Promise<ExitCode>): Promise<void> =>
    run(contextOf(command)).then(finish);

  program
    .command('doctor')
    .description('check everything a start needs, and say the remedy of what is wrong')
    .action((_options: object, command: Command) => runs(command, doctor));

  withDepartureOptions(program.command('simulate').addArgument(PERSON))
    .description('show the plan a departure would have; writes nothing')
    .action((person: string, options: DepartureOptions, command: Command) =>
      runs(command, (context) => simulate(context, person, options)),
    );

  withDepartureOptions(program.command('depart').addArgument(PERSON))
    .description('ask for a departure, after showing its plan')
    .option('-y, --yes', 'do not ask')
    .action((person: string, options: DepartOptions, command: Command) =>
      runs(command, (context) => depart(context, person, options)),
    );

  program
    .command('departures')
    .description('list departures')
    .addOption(new Option('--state <state>', 'only in this state').choices(CASE_STATES))
    .option('--needs-attention', 'only those that need somebody')
    .option('--due-until <date>', 'only those with something due until this day or instant')
    .option('--person <person>', 'only of this person: id or address')
    .action((options: ListOptions, command: Command) =>
      runs(command, (context) => departures(context, options)),
    );

  program
    .command('watch')
    .addArgument(DEPARTURE)
    .description('show what happens to a departure while it happens (--json: one document a line)')
    .addOption(new Option('--until <point>', 'end at this point').choices(WATCH_ENDS).default('closed'))
    .action((id: string, { until }: { readonly until: WatchEnd }, command: Command) =>
      runs(command, (context) => watch(context, id, until)),
    );

  program
    .command('approve')
    .addArgument(DEPARTURE)
    .argument('[step]', 'key of the step; the one that waits, when it is only one')
    .option('--typed-name <name>', 'full name of the person who leaves')
    .description('let a step pass that waits for a second person')
    .action(
      (
        id: string,
        step: string | undefined,
        { typedName }: { readonly typedName?: string },
        command: Command,
      ) => runs(command, (context) => approve(context, id, step, typedName)),
    );

  program
    .command('retry')
    .addArgument(DEPARTURE)
    .argument('<step>', 'key of the step')
    .description('have a step tried again that was given up')
    .action((id: string, step: string, _options: object, command: Command) =>
      runs(command, (context) => retry(context, id, step)),
    );

  program
    .command('key')
    .description('API keys')
    .command('create')
    .description('make an API key; its text goes to standard output')
    .requiredOption('--owner <name>', 'who uses it')
    .requiredOption('--scopes <list>', 'what it may do, e.g. departures:*,people:read', scopeList)
    .option('--expires <date>', 'last day, or instant, on which it is good')
    .option('--person <person>', 'who of the organisation the owner is: id or address')
    .action((options: KeyOptions, command: Command) =>
      runs(command, (context) => createKey(context, options)),
    );

  program
    .command('export')
    .argument('<file>', 'where to write them: .csv or .xlsx; must not exist')
    .addOption(new Option('--format <format>', 'where the name does not say it').choices(EXPORT_FORMATS))
    .option('--columns <list>', 'their headers, separated by commas; without it all of them')
    .addOption(new Option('--status <status>', 'only people in this status').choices(PERSON_STATUSES))
    .option('--department <name>', 'only people of this department')
    .option('--domain <domain>', 'only people of this domain')
    .addOption(new Option('--delimiter <name>', 'of a CSV file').choices(DELIMITERS))
    .option('--bom', 'begin a CSV file with a byte order mark, as Excel wants it')
    .description('write people into a file')
    .action((file: string, options: ExportOptions, command: Command) =>
      runs(command, (context) => exportPeople(context, file, options)),
    );

  withImportOptions(program.command('import').argument('[file]', 'CSV or .xlsx'))
    .description('bring people from a file: shows what would happen, asks, and writes what failed beside it')
    .action((file: string | undefined, options: ImportOptions, command: Command) =>
      runs(command, (context) => importFile(context, file, options)),
    );

  program
    .command('read')
    .argument('<file>', 'CSV or .xlsx')
    .description('show how a file of people would be read: encoding, columns, rows; sends nothing')
    .action((file: string, _options: object, command: Command) =>
      runs(command, (context) => readFile(context, file)),
    );

  program
    .command('backup')
    .argument('<file>', 'where to write it; must not exist')
    .option('--without-secret-key', 'leave the secret key out')
    .description('write the data folder (GANGWAY_DATA) into one file, also while Gangway runs')
    .action((file: string, options: { readonly withoutSecretKey?: true }, command: Command) =>
      runs(command, (context) => backup(context, file, options.withoutSecretKey === undefined)),
    );

  program
    .command('restore')
    .argument('<file>', 'a backup')
    .requiredOption('--into <folder>', 'becomes the data folder')
    .option('--force', 'move a folder that is not empty aside')
    .description('make a data folder of a backup')
    .action((file: string, options: RestoreCommandOptions, command: Command) =>
      runs(command, (context) => restore(context, file, options)),
    );

  return program;
}

function scopeList(text: string): readonly string[] {
  const scopes = text.split(',').map((scope) => scope.trim());
  if (scopes.includes('')) throw new InvalidArgumentError('Name scopes, separated by commas.');
  return scopes;
}
