import type { ApiContext } from '../api-context.ts';
import { DEPARTURES } from '../cases/case-door.ts';
import { liftLegalHold, placeLegalHold } from '../cases/legal-hold.ts';
import { sendCommand } from '../cases/send-command.ts';
import { routesOf, type Route } from '../http/route.ts';
import { changePersonHold } from '../people/legal-hold.ts';
import { legalHoldOperations } from './legal-hold-operations.ts';

/** A person's hold, by the departure or by the person. Each way needs a reason; by the departure also an `Idempotency-Key`. */
export function legalHoldRoutes(context: ApiContext): readonly Route[] {
  return routesOf(legalHoldOperations, {
    placeLegalHold: (call) => sendCommand(context, call, DEPARTURES, placeLegalHold),
    liftLegalHold: (call) => sendCommand(context, call, DEPARTURES, liftLegalHold),
    placePersonHold: (call) => changePersonHold(context, call, 'place'),
    liftPersonHold: (call) => changePersonHold(context, call, 'lift'),
  });
}
