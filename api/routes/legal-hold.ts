import type { ApiContext } from '../api-context.ts';
import { liftLegalHold, placeLegalHold } from '../departures/legal-hold.ts';
import { sendCommand } from '../departures/send-command.ts';
import type { Route } from '../http/call.ts';
import { changePersonHold } from '../people/legal-hold.ts';

const OF_DEPARTURE = '/v1/departures/:id/legal-hold';
const OF_PERSON = '/v1/people/:id/legal-hold';
const scope = 'departures:write';

/** A person's hold, by the departure or by the person. Each way needs a reason; by the departure also an `Idempotency-Key`. */
export function legalHoldRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      ...{ method: 'put', path: OF_DEPARTURE, scope },
      handle: (call) => sendCommand(context, call, placeLegalHold),
    },
    {
      ...{ method: 'delete', path: OF_DEPARTURE, scope },
      handle: (call) => sendCommand(context, call, liftLegalHold),
    },
    { method: 'put', path: OF_PERSON, scope, handle: (call) => changePersonHold(context, call, 'place') },
    { method: 'delete', path: OF_PERSON, scope, handle: (call) => changePersonHold(context, call, 'lift') },
  ];
}
