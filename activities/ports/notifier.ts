export interface Mail {
  /** Stable over retries: becomes the Message-ID, so that a mail sent twice is recognised as one. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Proof that a mail left: the server's acceptance, or the file in the outbox as read back. */
export interface MailReceipt {
  readonly via: 'smtp' | 'outbox';
  readonly messageId: string;
  readonly acceptedBy: string;
}

/** Sends mail. Throws `MailNotSent` when no server accepted it. Sending the same id again to an outbox changes nothing. */
export interface Notifier {
  send(mail: Mail): Promise<MailReceipt>;
}

export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}
