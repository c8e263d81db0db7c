import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporalAddress } from '../../shared/platform/config/config.ts';
import { withoutCredentials } from '../../shared/platform/config/without-credentials.ts';
import { checkSmtp } from '../../shared/platform/mail/smtp-carrier.ts';
import { connectDatabase } from '../../shared/platform/persistence/connect.ts';
import { connectTemporal } from '../../shared/platform/temporal/connect.ts';
import { chooseDatabase } from '../../standalone/database/choose-database.ts';
import { embeddedStoreUri, STORE_SECRET } from '../../standalone/database/prepare-database.ts';
import { requireReachable } from '../../standalone/database/require-reachable.ts';
import { readSecretFile } from '../../standalone/host/data-folder.ts';
import { findOnPath } from '../../standalone/host/find-on-path.ts';
import { openEnvironment } from '../../standalone/store/storage/environment.ts';
import { requireGo } from '../../standalone/temporal/build-temporal.ts';
import { findTemporal } from '../../standalone/temporal/obtain-temporal.ts';
import { ok, problem, warning } from './finding.ts';
import type { Check } from './finding.ts';
import type { Patient } from './patient.ts';

/** What Gangway stands on. While an installation runs, its own servers are asked. */
export function serverChecks(patient: Patient): readonly Check[] {
  return [
    { name: 'Temporal', run: () => checkTemporal(patient) },
    { name: 'Database', run: () => checkDatabase(patient) },
    { name: 'Mail', run: () => checkMail(patient) },
  ];
}

async function checkTemporal({ config, path, runningPid }: Patient) {
  if (config.temporal.externalAddress !== undefined || runningPid !== undefined) {
    const { connection, serverVersion } = await connectTemporal(config);
    await connection.close();
    return ok(`${serverVersion} at ${temporalAddress(config)}`);
  }
  const found = findTemporal({ cacheFolder: config.cacheFolder, path });
  if (found !== undefined) return ok(found.path);
  if (config.downloads.includes('temporal') && findOnPath('go', path) === undefined)
    return ok('will be downloaded once');
  return ok(`will be built once with ${requireGo(path)}, in about four minutes`);
}

async function checkDatabase({ config, folder, path, runningPid }: Patient) {
  const choice = chooseDatabase(config, folder, path);
  switch (choice.source) {
    case 'MONGODB_URI':
      await requireReachable(choice.uri);
      await ping(choice.uri);
      return ok(`${withoutCredentials(choice.uri)} answers`);
    case 'mongod':
      return ok(choice.command);
    case 'downloaded mongod':
      return ok('a downloaded mongod');
    case 'embedded store':
      if (runningPid === undefined) {
        await tryStore();
        return ok('the embedded store works here');
      }
      await ping(embeddedStoreUri(config, readSecretFile(join(folder.root, STORE_SECRET))));
      return ok(`the embedded store answers on port ${config.store.port}`);
  }
}

async function ping(uri: string): Promise<void> {
  const database = await connectDatabase(uri, { appName: 'gangway-doctor' });
  try {
    await database.ping();
  } finally {
    await database.close();
  }
}

/** Writes, flushes and reads back in a folder of its own. */
async function tryStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-doctor-'));
  try {
    const { entries, close } = await openEnvironment(folder);
    const [key, value] = [Buffer.from('key'), Buffer.from('value')];
    await entries.put(key, value);
    const readBack = entries.get(key);
    await close();
    if (readBack?.equals(value) !== true)
      throw new Error('The embedded store does not keep what it was given.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkMail({ config: { mail } }: Patient) {
  if (mail.smtpUrl === undefined)
    return warning(
      `Mail is only written to ${mail.outboxFolder}: set GANGWAY_SMTP_URL and GANGWAY_MAIL_FROM to send it.`,
    );
  try {
    await checkSmtp(mail.smtpUrl);
    return ok(`${withoutCredentials(mail.smtpUrl)} takes our mail`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(`${withoutCredentials(mail.smtpUrl)}: ${reason}; check GANGWAY_SMTP_URL.`);
  }
}
