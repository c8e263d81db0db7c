import type { NamedProcedure, ProcedureKind } from '../../shared/domain/procedure/procedure-kind.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

/** Throws where the plans a version gives would not keep what is promised of every case. `field`: where it is in the body. */
export function assertSound(
  { calendar }: Pick<ApiContext, 'calendar'>,
  of: ProcedureKind,
  procedure: NamedProcedure,
  fieldOf: (pointer: string) => string,
): void {
  const errors = of.faults(procedure, calendar).map(({ code, field, detail }) => ({
    ...{ code, field: fieldOf(field), detail },
  }));
  const [first] = errors;
  if (first === undefined) return;
  const { code, field, detail } = first;
  throw new Problem(code, { field, detail, ...(errors.length > 1 ? { errors } : {}) });
}
