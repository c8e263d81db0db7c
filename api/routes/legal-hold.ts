import type { ApiContext } from '../api-context.ts';
import { liftLegalHold, placeLegalHold } from '../departures/legal-hold.ts';
import { sendCommand } from '../departures/send-command.ts';
import { routesOf, type Route } from '../http/route.ts';
import { changePersonHold } from '../people/legal-hold.ts';
import { legalHoldOperations } from './legal-hold-operations.ts';

/** A person's hold, by the departure or by the person. Each way needs a reason; by the departure also an `Idempotency-Key`. */
export function legalHoldRoutes(context: ApiContext): readonly Route[] {
  return routesOf(legalHoldOperations, {
    placeLegalHold: (call) => sendCommand(context, call, placeLegalHold),
    liftLegalHold: (call) => sendCommand(context, call, liftLegalHold),
    placePersonHold: (call) => changePersonHold(context, call, 'place'),
    liftPersonHold: (call) => changePersonHold(context, call, 'lift'),
  });
}
