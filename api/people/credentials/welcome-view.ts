import type { Welcome } from '../../../shared/domain/welcome/welcome.ts';
import { utc } from '../../http/instants.ts';

/** A welcome as the API shows it. */
export function welcomeView(welcome: Welcome) {
  const { state, to, includePassword, locale, requestedBy, attempts, error, sentAtMs, acceptedBy } = welcome;
  return {
    ...{ state, to, includePassword, requestedBy, attempts, requestedAt: utc(welcome.requestedAtMs) },
    ...(locale === undefined ? {} : { locale }),
    ...(state === 'queued' ? { nextAttemptAt: utc(welcome.dueAtMs) } : {}),
    ...(error === undefined ? {} : { error }),
    ...(welcome.cancelledBecause === undefined ? {} : { cancelledBecause: welcome.cancelledBecause }),
    ...(sentAtMs === undefined ? {} : { sentAt: utc(sentAtMs) }),
    ...(acceptedBy === undefined ? {} : { acceptedBy }),
  };
}
