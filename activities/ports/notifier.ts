/** The port is shared: the directory's own mail leaves through the same carrier. */
export { MailNotSent, type Notifier } from '../../shared/platform/mail/mail.ts';
