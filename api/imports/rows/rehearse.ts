import type { OpenChange } from '../../../shared/domain/people/open-change.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { Repositories } from '../../../shared/platform/persistence/create-repositories.ts';
import type { ApiContext } from '../../api-context.ts';
import { isHeld } from '../../people/claim-names.ts';
import { claimNew } from '../../people/changes/claim-change.ts';

/** Thrown in place of the first write: everything that could refuse was asked. */
class WouldWrite extends Error {
  override readonly name = 'WouldWrite';
}

const READS = /^(?:addresses|any|count|find|get|has|list|manageable|only|page|read|takes)/u;

/**
 * Carries out an operation of the API up to the first thing it would write, and gives whether it came to that. Refusals are thrown, as
 * the operation throws them. Nothing is written.
 */
export async function rehearse(
  context: ApiContext,
  operation: (rehearsing: ApiContext) => Promise<unknown>,
): Promise<'would_write' | 'no_change'> {
  try {
    await operation(rehearsing(context));
    return 'no_change';
  } catch (error) {
    if (error instanceof WouldWrite) return 'would_write';
    throw error;
  }
}

function rehearsing(context: ApiContext): ApiContext {
  const directories = Object.entries(context.directories).map(([target, one]) => [target, readOnly(one)]);
  const rehearsed: ApiContext = {
    ...context,
    engine: readOnly(context.engine),
    directory: readOnly(context.directory),
    directories: Object.fromEntries(directories) as ApiContext['directories'],
    repositories: {
      ...(Object.fromEntries(
        Object.entries(context.repositories).map(([name, one]) => [name, readOnly(one as object)]),
      ) as unknown as Repositories),
      claims: {
        ...readOnly(context.repositories.claims),
        // What names are free is asked, and nothing is taken.
        async take(claimId, orgId, holderId, asOfMs) {
          const claim = await context.repositories.claims.get(claimId, orgId);
          if (!isHeld(claim, asOfMs)) return { kind: 'taken' };
          return claim.holderId === holderId
            ? { kind: 'already' }
            : { kind: 'held', holderId: claim.holderId };
        },
        release: () => Promise.resolve(true),
      },
      idempotency: {
        ...readOnly(context.repositories.idempotency),
        begin: (_command, _hash, subjectId) => Promise.resolve({ kind: 'new', subjectId }),
        finish: (_command, response) => Promise.resolve(response),
        abandon: () => Promise.resolve(),
      },
      people: {
        ...readOnly(context.repositories.people),
        // A change writes down what it is about before it claims names: those are asked for here.
        async update(orgId, id, _rev, { openChange }) {
          const person = await context.repositories.people.get(orgId, id);
          if (person !== undefined && openChange !== undefined)
            await claimNew(rehearsed, changing(person, openChange), openChange);
          throw new WouldWrite();
        },
      },
    },
  };
  return rehearsed;
}

function changing(person: Person, openChange: OpenChange): Person {
  return { ...person, openChange };
}

/** Methods that only read go through; any other one ends the rehearsal. */
function readOnly<T extends object>(real: T): T {
  const members = Object.entries(real).map(([name, member]: [string, unknown]) => [
    name,
    typeof member !== 'function' || READS.test(name) ? member : () => Promise.reject(new WouldWrite()),
  ]);
  return Object.fromEntries(members) as T;
}
