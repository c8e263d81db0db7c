import type { ApiContext } from '../../api-context.ts';
import { keepDoing } from '../../keep-doing.ts';
import { sendWelcome } from './send-welcome.ts';

const EVERY_MS = 5_000;
const AT_ONCE = 20;

/** Sends what waits to be sent, as long as the API runs. Looks into the database, so that an API that died forgets none. */
export function keepSendingWelcomes(context: ApiContext): () => Promise<void> {
  return keepDoing(context, {
    everyMs: EVERY_MS,
    failure: 'welcome mails that wait could not be looked up',
    turn: (isStopped) => sendDueWelcomes(context, isStopped),
  });
}

export async function sendDueWelcomes(context: ApiContext, isStopped: () => boolean): Promise<void> {
  for (const welcome of await context.repositories.welcomes.listDue(context.now(), AT_ONCE)) {
    if (isStopped()) return;
    // One that cannot be made does not keep the others from being sent: it is tried again by itself.
    await sendWelcome(context, welcome).catch((error: unknown) => {
      context.logger.warn({ err: error, personId: welcome.personId }, 'a welcome mail could not be made');
    });
  }
}
