import type { Config } from '../config/config.ts';
import type { MailCarrier } from './mail.ts';
import { createOutboxCarrier } from './outbox-carrier.ts';
import { createSmtpCarrier } from './smtp-carrier.ts';

/** Mail over the configured server; without one, into the outbox of the data folder. */
export function createMailCarrier({ mail }: Pick<Config, 'mail'>): MailCarrier {
  const { smtpUrl, outboxFolder, from } = mail;
  if (smtpUrl === undefined) return createOutboxCarrier({ folder: outboxFolder, from });
  return createSmtpCarrier({ url: smtpUrl, from });
}
