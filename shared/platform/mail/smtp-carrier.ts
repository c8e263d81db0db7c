import { createTransport, type SendMailOptions } from 'nodemailer';
import { mailMessage, messageIdOf } from './mail-message.ts';
import { MailNotSent, type MailCarrier, type MailReceipt } from './mail.ts';

export interface SmtpCarrierOptions {
  /** `smtp://` or `smtps://`, with its credentials. */
  readonly url: string;
  readonly from: string;
  /** For each of: connecting, the greeting, every answer. Default 10 s. */
  readonly answerTimeoutMs?: number;
  /** For a whole mail. Default 20 s. */
  readonly totalTimeoutMs?: number;
}

/**
 * Sends through an SMTP server. A mail counts as sent when the server accepted it for at least one recipient; the receipt
 * tells for how many. Errors carry the server's codes and nothing of its text, which may quote addresses or credentials.
 */
export function createSmtpCarrier(options: SmtpCarrierOptions): MailCarrier {
  const { url, from, answerTimeoutMs = 10_000, totalTimeoutMs = 20_000 } = options;
  return {
    send: (mail) => deliver(mail.to, mailMessage(from, mail)),
    sendRaw: ({ id, to, raw, from: sender }) =>
      deliver(to, {
        envelope: { from: sender, to: [...to] },
        messageId: messageIdOf(from, id),
        raw: Buffer.from(raw),
      }),
  };

  async function deliver(to: readonly string[], message: SendMailOptions): Promise<MailReceipt> {
    const transport = openTransport(url, answerTimeoutMs);
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new MailNotSent('the mail server took too long')), totalTimeoutMs);
    });
    try {
      const sent = await Promise.race([transport.sendMail(message), tooLong]);
      return receiptOf(to, sent);
    } catch (error) {
      throw error instanceof MailNotSent ? error : new MailNotSent(reasonOf(error));
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  }
}

/** Connects, greets and signs in as a mail would, and sends none. Throws `MailNotSent` with the server's codes. */
export async function checkSmtp(url: string, answerTimeoutMs = 10_000): Promise<void> {
  const transport = openTransport(url, answerTimeoutMs);
  try {
    await transport.verify();
  } catch (error) {
    throw new MailNotSent(reasonOf(error));
  } finally {
    transport.close();
  }
}

function openTransport(url: string, answerTimeoutMs: number) {
  return createTransport({
    url,
    connectionTimeout: answerTimeoutMs,
    greetingTimeout: answerTimeoutMs,
    dnsTimeout: answerTimeoutMs,
    socketTimeout: answerTimeoutMs,
  });
}

interface Sent {
  readonly messageId: string;
  readonly accepted: readonly unknown[];
  readonly response: string;
}

function receiptOf(to: readonly string[], sent: Sent): MailReceipt {
  if (sent.accepted.length === 0) throw new MailNotSent('the mail server accepted no recipient');
  const code = /^\d{3}/.exec(sent.response)?.[0] ?? 'no code';
  const acceptedBy = `smtp ${code}, ${sent.accepted.length} of ${to.length} recipients`;
  return { via: 'smtp', messageId: sent.messageId, acceptedBy };
}

function reasonOf(error: unknown): string {
  const codes = ['code', 'responseCode'].flatMap((field) => {
    const value: unknown =
      typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? [value] : [];
  });
  return `the mail server did not accept the mail: ${codes.length > 0 ? codes.join(' ') : 'no code'}`;
}
