import type { z } from 'zod';
import type { Person } from '../../shared/domain/person.ts';
import { changeHold, holdOf, NO_HOLD } from '../people/change-hold.ts';
import { Problem } from '../http/problem.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import type { CommandContext, CaseCommand } from './send-command.ts';

type Fields = z.output<typeof reasonFields>;

/** The person's hold is written first: a deletion looks there, so it counts even if the case cannot be told. */
export const placeLegalHold: CaseCommand<'placeLegalHold', Fields> = {
  name: 'placeLegalHold',
  writesFirst: true,
  body: reasonFields,
  async prepare(of) {
    await change(of, holdOf(of.context, of.call, of.body.reason));
    return { actorId: of.call.actor.ownerId };
  },
  detail: ({ body }) => ({ reason: body.reason }),
};

export const liftLegalHold: CaseCommand<'liftLegalHold', Fields> = {
  name: 'liftLegalHold',
  writesFirst: true,
  body: reasonFields,
  async prepare(of) {
    await change(of, NO_HOLD);
    return { actorId: of.call.actor.ownerId };
  },
  detail: ({ body }) => ({ reason: body.reason }),
};

async function change(
  { context, record }: CommandContext<Fields>,
  legalHold: Person['legalHold'],
): Promise<void> {
  if (record.closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
  await changeHold(context, record.orgId, record.personId, legalHold);
}
