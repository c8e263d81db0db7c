import { restoreBackup } from '../../standalone/backup/restore-backup.ts';
import type { RestoreReport } from '../../standalone/backup/restore-backup.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { createProgress } from '../output/progress.ts';

export interface RestoreCommandOptions {
  readonly into: string;
  readonly force?: true;
}

/** Makes a data folder of a backup; `npm start` on it goes on with every case. */
export async function restore(
  context: CommandContext,
  file: string,
  { into, force }: RestoreCommandOptions,
): Promise<ExitCode> {
  const progress = createProgress(context.terminal);
  try {
    progress.show('unpacking and comparing');
    const report = await restoreBackup({
      ...{ file, into, force: force === true },
      signal: context.terminal.signal,
      onRead: (share) => progress.show('unpacking and comparing', share),
    });
    progress.end();
    context.show(report, textOf(report));
    return EXIT.fine;
  } finally {
    progress.end();
  }
}

function textOf({ folder, files, takenAt, version, movedTo, secretKey }: RestoreReport): string {
  return [
    `${folder}: ${files} files of ${takenAt} (Gangway ${version}), every hash compared.`,
    ...(movedTo === undefined ? [] : [`What was there before is in ${movedTo}.`]),
    ...(secretKey === 'included' ? [] : [KEY_SENTENCES[secretKey]]),
    `Start it with GANGWAY_DATA=${folder} npm start. What fell due since then is carried out at once.`,
  ].join('\n');
}

const KEY_SENTENCES: Readonly<Record<Exclude<RestoreReport['secretKey'], 'included'>, string>> = {
  left_out:
    'The secret key is not in the backup: put the file secret-key (mode 0600) into this folder before you start, or proofs will fail.',
  elsewhere: 'The secret key was never in the data folder: set GANGWAY_SECRET_KEY as before.',
};
