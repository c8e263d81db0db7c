import type { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import { approveStep } from '../departures/approve-step.ts';
import { abort, cancelDeparture } from '../departures/cancel-departure.ts';
import { noFields, optionalReasonFields, reasonFields } from '../departures/departure-fields.ts';
import { moveProcedure } from '../departures/move-procedure.ts';
import { assertNotSelf } from '../departures/not-self.ts';
import { reschedule } from '../departures/reschedule.ts';
import { sendCommand, type DepartureCommand } from '../departures/send-command.ts';
import { undo } from '../departures/undo.ts';
import { paramOf, type Call } from '../http/call.ts';
import { routesOf, type Route } from '../http/route.ts';
import { departureCommandOperations, stepCommandOperations } from './departure-command-operations.ts';

type OfCase = 'pauseCase' | 'resumeCase';

/** A command that needs nothing but its actor. The reason is for the audit; the engine never sees it. */
function plain(name: OfCase): DepartureCommand<OfCase, z.output<typeof optionalReasonFields>> {
  return {
    name,
    body: optionalReasonFields,
    prepare: ({ call }) => Promise.resolve({ actorId: call.actor.ownerId }),
    detail: ({ body }) => ({ ...body }),
  };
}

const toStep = (call: Call) => ({ actorId: call.actor.ownerId, stepKey: paramOf(call, 'key') });

const retryStep: DepartureCommand<'retryStep', z.output<typeof noFields>> = {
  name: 'retryStep',
  body: noFields,
  prepare: ({ call }) => Promise.resolve(toStep(call)),
  detail: ({ call }) => ({ stepKey: paramOf(call, 'key') }),
};

const skipStep: DepartureCommand<'skipStep', z.output<typeof reasonFields>> = {
  name: 'skipStep',
  body: reasonFields,
  prepare: ({ call }) => Promise.resolve(toStep(call)),
  detail: ({ call, body }) => ({ stepKey: paramOf(call, 'key'), reason: body.reason }),
};

const release: DepartureCommand<'releaseCase', z.output<typeof reasonFields>> = {
  name: 'releaseCase',
  body: reasonFields,
  prepare({ call, record }) {
    assertNotSelf(call, record.personId);
    return Promise.resolve({ actorId: call.actor.ownerId });
  },
  detail: ({ body }) => ({ reason: body.reason }),
};

/** What people say to an open departure. Each needs an `Idempotency-Key`. */
export function departureCommandRoutes(context: ApiContext): readonly Route[] {
  return [
    ...routesOf(departureCommandOperations, {
      rescheduleDeparture: (call) => sendCommand(context, call, reschedule),
      moveDepartureToProcedure: (call) => moveProcedure(context, call),
      pauseDeparture: (call) => sendCommand(context, call, plain('pauseCase')),
      resumeDeparture: (call) => sendCommand(context, call, plain('resumeCase')),
      cancelDeparture: (call) => cancelDeparture(context, call),
      abortDeparture: (call) => sendCommand(context, call, abort),
      undoDeparture: (call) => sendCommand(context, call, undo),
      releaseDeparture: (call) => sendCommand(context, call, release),
    }),
    ...routesOf(stepCommandOperations, {
      retryStep: (call) => sendCommand(context, call, retryStep),
      skipStep: (call) => sendCommand(context, call, skipStep),
      approveStep: (call) => sendCommand(context, call, approveStep),
    }),
  ];
}
