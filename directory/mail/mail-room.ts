import type { DirectoryStore, OutgoingMessage } from '../store/directory-store.ts';

interface Envelope {
  readonly to: string;
  /** Empty for bounces. */
  readonly from: string;
  /** Said by whoever hands it in; the header says it too. */
  readonly autoSubmitted?: boolean;
}
export type IncomingMail = Envelope &
  ({ readonly subject: string; readonly text: string } | { readonly raw: Uint8Array });

/** A message that leaves the directory: to an address it does not serve. */
export interface DepartingMail {
  readonly orgId: string;
  readonly from: string;
  readonly to: string;
  readonly raw: Uint8Array;
}

export interface ForwardResult {
  readonly to: string;
  readonly result: 'sent' | 'failed';
}

export type DeliveryResult =
  | {
      readonly kind: 'stored';
      readonly accountId: string;
      readonly messageId: string;
      readonly forwards: readonly ForwardResult[];
      readonly autoReply?: OutgoingMessage;
    }
  | {
      /** A forward or redirect without a copy took it. */
      readonly kind: 'forwarded';
      /** Absent where only the address is left, as a redirect. */
      readonly accountId?: string;
      readonly forwards: readonly ForwardResult[];
      readonly autoReply?: OutgoingMessage;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'MAILBOX_FULL' | 'NO_SUCH_ADDRESS' | 'MESSAGE_TOO_LARGE' | 'REDIRECT_FAILED';
    };

export interface MailRoom {
  readonly store: DirectoryStore;
  /** Takes mail for addresses the directory does not serve; throws when it cannot. */
  readonly sendMail: (mail: DepartingMail) => Promise<void>;
  readonly now: () => number;
}
