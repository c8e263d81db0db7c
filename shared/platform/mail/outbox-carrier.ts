import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { isMissing, makeFolderDurably, systemError, writeDurably } from '../files/durable-file.ts';
import { mailMessage, messageIdOf, stableName } from './mail-message.ts';
import { MailNotSent, type MailCarrier, type MailReceipt } from './mail.ts';

/**
 * Where no mail server is configured, mail is written to a folder people can look into: one `.eml` per mail, flushed and
 * read back. The file is named after the mail's id: sending it again finds it and changes nothing.
 */
export function createOutboxCarrier(options: {
  readonly folder: string;
  readonly from: string;
}): MailCarrier {
  const { folder, from } = options;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const composed = await composer.sendMail(mailMessage(from, mail));
      if (!Buffer.isBuffer(composed.message)) throw new TypeError('the composed mail is no buffer');
      return keep(mail.id, composed.message);
    },
    sendRaw: (mail) => keep(mail.id, mail.raw),
  };

  async function keep(mailId: string, message: Uint8Array): Promise<MailReceipt> {
    const file = `${stableName(mailId)}.eml`;
    const receipt = { via: 'outbox', messageId: messageIdOf(from, mailId), acceptedBy: file } as const;
    try {
      const path = join(folder, file);
      if (await exists(path)) return receipt;
      await makeFolderDurably(folder);
      const onDisk = await writeDurably(path, message);
      if (!onDisk.equals(message)) throw new MailNotSent('the mail in the outbox did not read back');
      return receipt;
    } catch (error) {
      const refusal = systemError(error);
      if (refusal === undefined) throw error;
      throw new MailNotSent(`the outbox's disk answered ${refusal.code} to ${refusal.syscall}`);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await readFile(path)).length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
