import type { ApiContext } from '../api-context.ts';
import type { Route } from '../http/call.ts';
import { simulateDeparture } from '../departures/simulate-departure.ts';

export function simulationRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/v1/departures/simulation',
      scope: 'departures:read',
      handle: (call) => simulateDeparture(context, call),
    },
  ];
}
