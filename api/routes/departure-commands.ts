import type { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import { approveStep } from '../departures/approve-step.ts';
import { noFields, optionalReasonFields, reasonFields } from '../departures/departure-fields.ts';
import { reschedule } from '../departures/reschedule.ts';
import { sendCommand, type DepartureCommand } from '../departures/send-command.ts';
import { paramOf, type Call, type Route } from '../http/call.ts';

type OfCase = 'pauseCase' | 'resumeCase' | 'cancelCase';

/** A command that needs nothing but its actor. The reason is for the audit; the engine never sees it. */
function plain(name: OfCase): DepartureCommand<OfCase, z.output<typeof optionalReasonFields>> {
  return {
    name,
    body: optionalReasonFields,
    prepare: ({ call }) => Promise.resolve({ actorId: call.actor.ownerId }),
    detail: ({ body }) => ({ ...body }),
  };
}

/** A cancelled departure does nothing more, and undoes nothing: the answer says what stays as it is. */
const cancel: ReturnType<typeof plain> = {
  ...plain('cancelCase'),
  tells: (record) => ({
    staysInEffect: record.steps.filter((step) => step.status === 'done').map((step) => step.key),
  }),
};

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

/** What people say to an open departure. Each needs an `Idempotency-Key`. */
export function departureCommandRoutes(context: ApiContext): readonly Route[] {
  const post = (path: string, scope: Route['scope'], handle: Route['handle']): Route => ({
    method: 'post',
    path: `/v1/departures/:id/${path}`,
    scope,
    handle,
  });
  const write = 'departures:write';
  return [
    post('reschedule', write, (call) => sendCommand(context, call, reschedule)),
    post('pause', write, (call) => sendCommand(context, call, plain('pauseCase'))),
    post('resume', write, (call) => sendCommand(context, call, plain('resumeCase'))),
    post('cancel', write, (call) => sendCommand(context, call, cancel)),
    post('steps/:key/retry', write, (call) => sendCommand(context, call, retryStep)),
    post('steps/:key/skip', write, (call) => sendCommand(context, call, skipStep)),
    post('steps/:key/approve', 'approvals:write', (call) => sendCommand(context, call, approveStep)),
  ];
}
