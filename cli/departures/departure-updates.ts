import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ShownDeparture } from '../../shared/platform/api-client/shown-departure.ts';
import { expectOk } from '../command-failure.ts';
import { pathOf } from './path-of.ts';

const LOOK_EVERY_MS = 1_000;

/** The departure as it is now, and again whenever it may have changed, until the caller has seen enough. */
export async function* departureUpdates(
  api: ApiClient,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ShownDeparture, never> {
  for (;;) {
    yield expectOk(await api.get(pathOf(id))) as unknown as ShownDeparture;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
