import type { ApiContext } from '../api-context.ts';
import { DEPARTURES } from '../cases/case-door.ts';
import { approveStep } from '../cases/approve-step.ts';
import { abort, cancelCase } from '../cases/cancel-case.ts';
import { moveProcedure } from '../departures/move-procedure.ts';
import { reschedule } from '../departures/reschedule.ts';
import { pause, release, resume, retryStep, skipStep } from '../cases/plain-commands.ts';
import { sendCommand } from '../cases/send-command.ts';
import { undo } from '../cases/undo.ts';
import { routesOf, type Route } from '../http/route.ts';
import { departureCommandOperations, stepCommandOperations } from './departure-command-operations.ts';

/** What people say to an open departure. Each needs an `Idempotency-Key`. */
export function departureCommandRoutes(context: ApiContext): readonly Route[] {
  return [
    ...routesOf(departureCommandOperations, {
      rescheduleDeparture: (call) => sendCommand(context, call, DEPARTURES, reschedule),
      moveDepartureToProcedure: (call) => moveProcedure(context, call),
      pauseDeparture: (call) => sendCommand(context, call, DEPARTURES, pause),
      resumeDeparture: (call) => sendCommand(context, call, DEPARTURES, resume),
      cancelDeparture: (call) => cancelCase(context, call, DEPARTURES),
      abortDeparture: (call) => sendCommand(context, call, DEPARTURES, abort),
      undoDeparture: (call) => sendCommand(context, call, DEPARTURES, undo),
      releaseDeparture: (call) => sendCommand(context, call, DEPARTURES, release),
    }),
    ...routesOf(stepCommandOperations, {
      retryStep: (call) => sendCommand(context, call, DEPARTURES, retryStep),
      skipStep: (call) => sendCommand(context, call, DEPARTURES, skipStep),
      approveStep: (call) => sendCommand(context, call, DEPARTURES, approveStep),
    }),
  ];
}
