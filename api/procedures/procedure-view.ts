import type { Organisation } from '../../shared/domain/organisation.ts';
import type { NamedProcedure, ProcedureKind } from '../../shared/domain/procedure/procedure-kind.ts';
import type { ApiContext } from '../api-context.ts';
import { planDifference } from '../departures/plan-difference.ts';
import { utc } from '../http/instants.ts';
import { nameInForce, templateOf, type KnownProcedure } from './find-procedure.ts';

/** A version in a list. */
export function procedureSummary(known: KnownProcedure, organisation: Organisation) {
  const { of, procedure, own } = known;
  return {
    name: procedure.name,
    kind: of.kind,
    origin: own === undefined ? 'built_in' : 'own',
    inForce: procedure.name === nameInForce(organisation, of),
    ...(own === undefined
      ? {}
      : { basedOn: own.basedOn, reason: own.reason, madeBy: own.madeBy, madeAt: utc(own.madeAtMs) }),
  };
}

export function procedureView(known: KnownProcedure, organisation: Organisation) {
  return { ...procedureSummary(known, organisation), template: templateOf(known) };
}

/** What a version changes for a case that has everything, in the zone of the organisation and at its leave time. */
export function procedureDifference(
  { calendar }: Pick<ApiContext, 'calendar'>,
  { timeZone, leaveTime }: Organisation,
  of: ProcedureKind,
  from: NamedProcedure,
  to: NamedProcedure,
) {
  const when = { timeZone, time: leaveTime };
  const [[before], [after]] = [of.samples(from, calendar, when), of.samples(to, calendar, when)];
  const { keeps: _none, ...difference } = planDifference(
    { plan: before, steps: [] },
    after,
    new Set(),
    calendar,
  );
  return { sample: { lastDay: of.sampleDay, leaveTime, timeZone }, ...difference };
}
