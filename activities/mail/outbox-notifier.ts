import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { isMissing, makeFolderDurably, systemError, writeDurably } from '../files/durable-file.ts';
import { MailNotSent } from '../ports/notifier.ts';
import type { Mail, Notifier } from '../ports/notifier.ts';
import { mailMessage, stableName } from './mail-message.ts';

/**
 * Where no mail server is configured, mail is written to a folder people can look into: one `.eml` per mail, flushed and
 * read back. The file is named after the mail's id: sending it again finds it and changes nothing.
 */
export function createOutboxNotifier(options: { readonly folder: string; readonly from: string }): Notifier {
  const { folder, from } = options;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail: Mail) {
      const message = mailMessage(from, mail);
      const file = `${stableName(mail.id)}.eml`;
      const receipt = { via: 'outbox', messageId: message.messageId, acceptedBy: file } as const;
      const composed = await composer.sendMail(message);
      if (!Buffer.isBuffer(composed.message)) throw new TypeError('the composed mail is no buffer');
      try {
        const path = join(folder, file);
        if (await exists(path)) return receipt;
        await makeFolderDurably(folder);
        const onDisk = await writeDurably(path, composed.message);
        if (!onDisk.equals(composed.message))
          throw new MailNotSent('the mail in the outbox did not read back');
        return receipt;
      } catch (error) {
        const refusal = systemError(error);
        if (refusal === undefined) throw error;
        throw new MailNotSent(`the outbox's disk answered ${refusal.code} to ${refusal.syscall}`);
      }
    },
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await readFile(path)).length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
