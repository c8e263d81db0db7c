import type { Mail } from '../../../shared/platform/mail/mail.ts';
import { MailNotSent } from '../../ports/notifier.ts';
import type { ReviewPorts } from '../review-ports.ts';

/** One that no server takes is tried again by whoever knows when: it keeps nothing else of the review from going on. */
export async function isSent({ notifier, log }: ReviewPorts, mail: Mail): Promise<boolean> {
  try {
    await notifier.send(mail);
    return true;
  } catch (error) {
    if (!(error instanceof MailNotSent)) throw error;
    log.warn({ mailId: mail.id, code: 'MAIL_NOT_SENT' }, 'a mail of a review was not taken by any server');
    return false;
  }
}
