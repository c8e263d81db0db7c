import type { Organisation } from '../../shared/domain/organisation.ts';
import { SAMPLE_LAST_DAY, sampleDeparture } from '../../shared/domain/procedure/sample-departure.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import type { ApiContext } from '../api-context.ts';
import { planDifference } from '../departures/plan-difference.ts';
import { utc } from '../http/instants.ts';
import { nameInForce, templateOf, type KnownProcedure } from './find-procedure.ts';

/** A version in a list. */
export function procedureSummary(known: KnownProcedure, organisation: Organisation) {
  const { procedure, own } = known;
  return {
    name: procedure.name,
    kind: 'departure',
    origin: own === undefined ? 'built_in' : 'own',
    inForce: procedure.name === nameInForce(organisation),
    ...(own === undefined
      ? {}
      : { basedOn: own.basedOn, reason: own.reason, madeBy: own.madeBy, madeAt: utc(own.madeAtMs) }),
  };
}

export function procedureView(known: KnownProcedure, organisation: Organisation) {
  return { ...procedureSummary(known, organisation), template: templateOf(known) };
}

/** What a version changes for a departure that has everything, in the zone and at the leave time of the organisation. */
export function procedureDifference(
  { calendar }: Pick<ApiContext, 'calendar'>,
  { timeZone, leaveTime }: Organisation,
  from: DepartureProcedure,
  to: DepartureProcedure,
) {
  const [before, after] = [from, to].map((procedure) =>
    sampleDeparture(procedure, calendar, { timeZone, leaveTime }),
  );
  if (before === undefined || after === undefined) throw new Error('a sample was not planned');
  const { keeps: _none, ...difference } = planDifference(
    { plan: before, steps: [] },
    after,
    new Set(),
    calendar,
  );
  return { sample: { lastDay: SAMPLE_LAST_DAY, leaveTime, timeZone }, ...difference };
}
