import type { z } from 'zod';
import { noFields, optionalReasonFields, reasonFields } from '../departures/departure-fields.ts';
import { paramOf, type Call } from '../http/call.ts';
import { assertNotSelf } from './not-self.ts';
import type { CaseCommand } from './send-command.ts';

type OfCase = 'pauseCase' | 'resumeCase';

/** A command that needs nothing but its actor. The reason is for the audit; the engine never sees it. */
function plain(name: OfCase): CaseCommand<OfCase, z.output<typeof optionalReasonFields>> {
  return {
    name,
    body: optionalReasonFields,
    prepare: ({ call }) => Promise.resolve({ actorId: call.actor.ownerId }),
    detail: ({ body }) => ({ ...body }),
  };
}

export const pause = plain('pauseCase');
export const resume = plain('resumeCase');

const toStep = (call: Call) => ({ actorId: call.actor.ownerId, stepKey: paramOf(call, 'key') });

export const retryStep: CaseCommand<'retryStep', z.output<typeof noFields>> = {
  name: 'retryStep',
  body: noFields,
  prepare: ({ call }) => Promise.resolve(toStep(call)),
  detail: ({ call }) => ({ stepKey: paramOf(call, 'key') }),
};

export const skipStep: CaseCommand<'skipStep', z.output<typeof reasonFields>> = {
  name: 'skipStep',
  body: reasonFields,
  prepare: ({ call }) => Promise.resolve(toStep(call)),
  detail: ({ call, body }) => ({ stepKey: paramOf(call, 'key'), reason: body.reason }),
};

export const release: CaseCommand<'releaseCase', z.output<typeof reasonFields>> = {
  name: 'releaseCase',
  body: reasonFields,
  prepare({ call, record }) {
    assertNotSelf(call, record.personId);
    return Promise.resolve({ actorId: call.actor.ownerId });
  },
  detail: ({ body }) => ({ reason: body.reason }),
};
