import { readConfig } from '../../shared/platform/config/read-config.ts';
import { makeBackup } from '../../standalone/backup/make-backup.ts';
import type { BackupReport } from '../../standalone/backup/make-backup.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { inMegabytes } from '../output/in-megabytes.ts';
import { createProgress } from '../output/progress.ts';

/** Writes the data folder into one file, also while Gangway runs. */
export async function backup(
  context: CommandContext,
  file: string,
  withSecretKey: boolean,
): Promise<ExitCode> {
  const { env, signal } = context.terminal;
  const progress = createProgress(context.terminal);
  try {
    const report = await makeBackup({
      config: readConfig(env),
      path: env['PATH'],
      ...{ file, withSecretKey, signal },
      onProgress: ({ step, share }) => progress.show(step, share),
    });
    progress.end();
    context.show(report, textOf(report));
    return EXIT.fine;
  } finally {
    progress.end();
  }
}

function textOf({ file, bytes, files, takenAt, secretKey, whileRunning }: BackupReport): string {
  return [
    `${file}: ${files} files, ${inMegabytes(bytes)}, read back and compared.`,
    `It is the state of ${takenAt}${whileRunning ? ', taken while Gangway runs' : ''}.`,
    SECRET_KEY_SENTENCES[secretKey],
  ].join('\n');
}

const SECRET_KEY_SENTENCES: Readonly<Record<BackupReport['secretKey'], string>> = {
  included: 'It is a secret: it holds personal data and the secret key. Only you may read it; keep it so.',
  left_out:
    'It is a secret: it holds personal data. The secret key is not in it: keep the file secret-key of the data folder elsewhere.',
  elsewhere:
    'It is a secret: it holds personal data. The secret key is not in it: it is in GANGWAY_SECRET_KEY.',
};
