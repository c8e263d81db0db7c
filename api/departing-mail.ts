import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { DepartingMail } from '../directory/mail/mail-room.ts';
import type { Config } from '../shared/platform/config/config.ts';

/** Carries mail of the directory to addresses it does not serve: over SMTP, or into the outbox where there is no server. */
export function departingMail(config: Pick<Config, 'mail'>): (mail: DepartingMail) => Promise<void> {
  const { smtpUrl, outboxFolder } = config.mail;
  if (smtpUrl === undefined) return (mail) => putIntoOutbox(outboxFolder, mail);
  const transport = createTransport(smtpUrl);
  return async ({ from, to, raw }) => {
    await transport.sendMail({ envelope: { from, to }, raw: Buffer.from(raw) });
  };
}

/** Named by its content, so that a mail sent twice is one file; complete or not there. */
async function putIntoOutbox(folder: string, { to, raw }: DepartingMail): Promise<void> {
  const digest = createHash('sha256').update(to).update('\0').update(raw).digest('hex');
  const file = join(folder, `directory-${digest.slice(0, 32)}.eml`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.part`, raw);
  await rename(`${file}.part`, file);
}
