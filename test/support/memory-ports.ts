import { randomBytes } from 'node:crypto';
import { MailNotSent, type Mail, type Notifier } from '../../shared/platform/mail/mail.ts';
import type { SecretVault } from '../../activities/ports/secret-vault.ts';

/** A mail server that keeps what it accepted. Sending an id again is the same mail. */
export interface Mailroom extends Notifier {
  readonly mails: readonly Mail[];
  isDown: boolean;
}

export function createMailroom(): Mailroom {
  const mails = new Map<string, Mail>();
  return {
    isDown: false,
    get mails() {
      return [...mails.values()];
    },
    send(mail) {
      if (this.isDown) return Promise.reject(new MailNotSent('the mail server is down'));
      mails.set(mail.id, mail);
      return Promise.resolve({ via: 'smtp', messageId: `<${mail.id}@test>`, acceptedBy: 'test' });
    },
  };
}

export function createMemoryVault(): SecretVault & { readonly secrets: ReadonlyMap<string, string> } {
  const secrets = new Map<string, string>();
  return {
    secrets,
    getOrCreate(orgId, key) {
      const id = `${orgId}/${key}`;
      const secret = secrets.get(id) ?? randomBytes(32).toString('base64url');
      secrets.set(id, secret);
      return Promise.resolve(secret);
    },
    read: (orgId, key) => Promise.resolve(secrets.get(`${orgId}/${key}`)),
    destroy(orgId, key) {
      secrets.delete(`${orgId}/${key}`);
      return Promise.resolve();
    },
  };
}
