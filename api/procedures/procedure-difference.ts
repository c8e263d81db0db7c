import type { Organisation } from '../../shared/domain/organisation.ts';
import type { NamedProcedure, ProcedureKind } from '../../shared/domain/procedure/procedure-kind.ts';
import { SAMPLE_DAY } from '../../shared/domain/procedure/sample-day.ts';
import type { ApiContext } from '../api-context.ts';
import { planDifference } from '../departures/plan-difference.ts';

/**
 * What a version changes for the sample cases of its kind, in the zone of the organisation and at the local time that each version
 * has: for the one that has everything, and then for what cannot be had with it.
 */
export function procedureDifference(
  { calendar }: Pick<ApiContext, 'calendar'>,
  organisation: Organisation,
  of: ProcedureKind,
  from: NamedProcedure,
  to: NamedProcedure,
) {
  const { timeZone } = organisation;
  const samplesBy = (procedure: NamedProcedure) =>
    of.samples(procedure, calendar, { timeZone, time: of.usualTime(procedure, organisation) });
  const after = samplesBy(to);
  const differences = samplesBy(from).map((plan, index) =>
    planDifference({ plan, steps: [] }, after[index] ?? after[0], new Set(), calendar),
  );
  return {
    sample: { day: SAMPLE_DAY, time: of.usualTime(to, organisation), timeZone },
    ...{ from: from.name, to: to.name },
    added: once(differences.flatMap(({ added }) => added)),
    removed: once(differences.flatMap(({ removed }) => removed)),
    moved: once(differences.flatMap(({ moved }) => moved)),
    reordered: [...new Set(differences.flatMap(({ reordered }) => reordered))],
  };
}

/** A step that several samples have is as in the first of them. */
function once<Step extends { readonly key: string }>(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ key }, index) => steps.findIndex((step) => step.key === key) === index);
}
