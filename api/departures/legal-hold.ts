import type { z } from 'zod';
import type { Person } from '../../shared/domain/person.ts';
import type { PersonChanges } from '../../shared/platform/persistence/person-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/update-person.ts';
import { reasonFields } from './departure-fields.ts';
import type { CommandContext, DepartureCommand } from './send-command.ts';

type Fields = z.output<typeof reasonFields>;

const MAX_ATTEMPTS = 5;

/** The person's hold is written first: a deletion looks there, so it counts even if the case cannot be told. */
export const placeLegalHold: DepartureCommand<'placeLegalHold', Fields> = {
  name: 'placeLegalHold',
  body: reasonFields,
  async prepare(of) {
    const placedBy = of.call.actor.ownerId;
    const legalHold = { placedBy, placedAtMs: of.context.now(), reason: of.body.reason };
    await changeHold(of, (person) => (person.legalHold === undefined ? { legalHold } : undefined));
    return { actorId: placedBy };
  },
  detail: ({ body }) => ({ reason: body.reason }),
};

export const liftLegalHold: DepartureCommand<'liftLegalHold', Fields> = {
  name: 'liftLegalHold',
  body: reasonFields,
  async prepare(of) {
    await changeHold(of, (person) => (person.legalHold === undefined ? undefined : { legalHold: undefined }));
    return { actorId: of.call.actor.ownerId };
  },
  detail: ({ body }) => ({ reason: body.reason }),
};

async function changeHold(
  { context, record }: CommandContext<Fields>,
  decide: (person: Person) => PersonChanges | undefined,
): Promise<void> {
  if (record.closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const person = await personOr404(context, record.orgId, record.personId);
    const changes = decide(person);
    if (changes === undefined || (await write(context, person, changes))) return;
  }
  throw new Problem('CONCURRENT_CHANGE');
}

async function write(context: ApiContext, person: Person, changes: PersonChanges): Promise<boolean> {
  const { people } = context.repositories;
  return (await people.update(person.orgId, person.id, person.rev, changes)) !== undefined;
}
