import type { ApiContext } from '../api-context.ts';
import { liftLegalHold, placeLegalHold } from '../departures/legal-hold.ts';
import { sendCommand } from '../departures/send-command.ts';
import type { Route } from '../http/call.ts';

const path = '/v1/departures/:id/legal-hold';

/** The hold of the person who leaves. Each way needs a reason and an `Idempotency-Key`. */
export function legalHoldRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      method: 'put',
      path,
      scope: 'departures:write',
      handle: (call) => sendCommand(context, call, placeLegalHold),
    },
    {
      method: 'delete',
      path,
      scope: 'departures:write',
      handle: (call) => sendCommand(context, call, liftLegalHold),
    },
  ];
}
