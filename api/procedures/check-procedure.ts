import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import { procedureFaults } from '../../shared/domain/procedure/procedure-faults.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

/** Throws where the plans a version gives would not keep what is promised of every departure. `field`: where it is in the body. */
export function assertSound(
  { calendar }: Pick<ApiContext, 'calendar'>,
  procedure: DepartureProcedure,
  fieldOf: (pointer: string) => string,
): void {
  const errors = procedureFaults(procedure, calendar).map(({ code, field, detail }) => ({
    ...{ code, field: fieldOf(field), detail },
  }));
  const [first] = errors;
  if (first === undefined) return;
  const { code, field, detail } = first;
  throw new Problem(code, { field, detail, ...(errors.length > 1 ? { errors } : {}) });
}
