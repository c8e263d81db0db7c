import type { z } from 'zod';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { lostForGood } from '../../shared/domain/lost-for-good.ts';
import { isOfUndo } from '../../shared/domain/plan.ts';
import { planUndo } from '../../shared/domain/planner/plan-undo.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import type { CaseCommand } from './send-command.ts';
import { startedKeysOf } from './started-keys.ts';

type Fields = z.output<typeof reasonFields>;

/** A case that is busy starts a step now and then; it is not busy for ever. */
const ATTEMPTS = 8;

/** Turns a departure back: everything that can be put back is put back, and the answer names what cannot. */
export const undo: CaseCommand<'undoCase', Fields> = {
  name: 'undoCase',
  body: reasonFields,
  attempts: ATTEMPTS,
  awaits: 'closed',
  async prepare({ context, call, record }) {
    const startedKeys = await startedKeysOf(context, record);
    const plan = planUndo({ plan: record.plan, startedKeys, nowMs: context.now() });
    return { actorId: call.actor.ownerId, plan };
  },
  tells: wayBackOf,
  detail: ({ body }) => ({ ...body }),
};

/** The steps of the way back in their order, and what does not come back with them. */
export function wayBackOf(record: CaseRecord) {
  return {
    endsAs: 'undone',
    wayBack: record.plan.steps.filter(isOfUndo).map(({ key, kind, undoes }) => ({
      key,
      kind,
      ...(undoes === undefined ? {} : { undoes }),
    })),
    cannotComeBack: lostForGood(carriedOut(record)),
  };
}

/** Whatever may have had an effect: also what was given up half-way. */
function carriedOut({ plan, steps }: CaseRecord) {
  const touched = new Set(
    steps
      .filter(({ status, round }) => round > 1 || !['waiting', 'not_applicable', 'skipped'].includes(status))
      .map(({ key }) => key),
  );
  return plan.steps.filter((step) => !isOfUndo(step) && touched.has(step.key)).map(({ kind }) => kind);
}
