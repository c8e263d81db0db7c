/** A mail of ours, composed when it is sent. */
export interface Mail {
  /** Stable over retries: becomes the Message-ID, so that a mail sent twice is recognised as one. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Says the same as the text, for readers who show it. */
  readonly html?: string;
}

/** A message that is complete already and only needs carrying. */
export interface RawMail {
  readonly id: string;
  /** Envelope sender; empty for auto-replies and bounces. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
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

export interface MailCarrier extends Notifier {
  sendRaw(mail: RawMail): Promise<MailReceipt>;
}

export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}
