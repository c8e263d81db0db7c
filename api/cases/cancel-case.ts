import type { z } from 'zod';
import { isOfKind, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { optionalReasonFields, reasonFields } from '../departures/departure-fields.ts';
import { ANY_CASE, type CaseDoor } from './case-door.ts';
import { carryOut, onCase, type Addressed, type CaseCommand } from './send-command.ts';
import { undo, wayBackOf } from './undo.ts';

const cancel: CaseCommand<'cancelCase', z.output<typeof optionalReasonFields>> = {
  name: 'cancelCase',
  body: optionalReasonFields,
  prepare: ({ call }) => Promise.resolve({ actorId: call.actor.ownerId }),
  // Repeated after a crash it may find the undo that its first attempt came to.
  tells: (record) => (record.undoing === true ? wayBackOf(record) : { endsAs: 'cancelled', ...kept(record) }),
  detail: ({ body }) => ({ ...body }),
};

/** Stops where it stands: what was done stays, and the answer names it. */
export const abort: CaseCommand<'cancelCase', z.output<typeof reasonFields>> = {
  name: 'cancelCase',
  body: reasonFields,
  awaits: 'closed',
  prepare: ({ call }) => Promise.resolve({ actorId: call.actor.ownerId, keep: true }),
  tells: (record) => ({ endsAs: 'cancelled', ...kept(record) }),
  detail: ({ body }) => ({ ...body, keep: true }),
};

/**
 * The account is as it was before, whenever this is asked: a case that changed nothing yet is cancelled, any other is
 * undone. `endsAs` in the answer says which.
 */
export async function cancelCase(context: ApiContext, call: Call, door: CaseDoor): Promise<Answer> {
  const body = parse(optionalReasonFields, call.body);
  return onCase(context, call, door, 'closed', (addressed) =>
    cancelOrUndo(context, call, addressed, body.reason),
  );
}

/** `/v1/cases/{id}/abort`: whoever has not come yet has nothing that could stay as it stands, so an onboarding is undone. */
export async function abortCase(context: ApiContext, call: Call): Promise<Answer> {
  const { reason } = parse(reasonFields, call.body);
  return onCase(context, call, ANY_CASE, 'closed', (addressed) =>
    isOfKind(addressed.record, 'onboarding')
      ? cancelOrUndo(context, call, addressed, reason)
      : carryOut({ ...addressed, context, call, body: { reason } }, abort),
  );
}

/** Both ways share the update's id: whichever was taken first is found again by a repeated request. */
export async function cancelOrUndo(
  context: ApiContext,
  call: Call,
  addressed: Addressed,
  reason: string | undefined,
): Promise<Answer> {
  const of = { ...addressed, context, call };
  const undone = () => carryOut({ ...of, body: { reason: reason ?? 'cancelled' } }, undo);
  // Its own first attempt may have come to this, and is entered as what it was.
  if (addressed.record.undoing === true) return undone();
  try {
    return await carryOut({ ...of, body: reason === undefined ? {} : { reason } }, cancel);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'UNDO_NEEDED') throw error;
    return undone();
  }
}

function kept(record: CaseRecord) {
  return { staysInEffect: record.steps.filter((step) => step.status === 'done').map((step) => step.key) };
}
