import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ServerEvent } from '../../shared/platform/api-client/server-events.ts';
import type { ShownDeparture } from '../../shared/platform/api-client/shown-departure.ts';
import { expectOk, refusalOf } from '../command-failure.ts';
import { pathOf } from './path-of.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * The departure as it is now, and again whenever it changed, until the caller has seen enough. The whole of it is asked for
 * each time: events tell neither the attempts of a step nor the zone of the plan.
 */
export async function* departureUpdates(
  api: ApiClient,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ShownDeparture, void> {
  const path = pathOf(id);
  for await (const { name } of departureEvents(api, path, signal)) {
    // Whatever changed, this one is told of it first. What it is followed by, the departure shows already.
    if (name === 'case') yield expectOk(await api.get(path)) as unknown as ShownDeparture;
  }
}

type EventName = Pick<ServerEvent, 'name'>;

async function* departureEvents(
  api: ApiClient,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<EventName, never> {
  const refusal = yield* api.follow(`${path}/events`);
  if (refusal.body['code'] !== 'ROUTE_UNKNOWN') throw refusalOf(refusal);
  // An API of 0.1.0 has no events: it may have changed every time.
  for (;;) {
    yield { name: 'case' };
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
