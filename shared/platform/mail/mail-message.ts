import { createHash } from 'node:crypto';
import type { Mail } from './mail.ts';

/** The parts of a mail as nodemailer takes them. */
export interface MailMessage {
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly messageId: string;
  readonly headers: Record<string, string>;
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

/** Out-of-office answers to our own mail help nobody: it says that a machine sent it (RFC 3834). */
export function mailMessage(from: string, mail: Mail): MailMessage {
  return {
    from,
    to: [...mail.to],
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    messageId: messageIdOf(from, mail.id),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The same for the same mail, whoever sends it and how often. */
export function messageIdOf(from: string, mailId: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'gangway.invalid';
  return `<${stableName(mailId)}@${domain}>`;
}

/** A mail's id in letters that a file name and a Message-ID may have; the hash keeps different ids different. */
export function stableName(mailId: string): string {
  const hash = createHash('sha256').update(mailId).digest('hex').slice(0, 12);
  return `${mailId.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 120)}.${hash}`;
}
