import {
  BUILT_IN_PROCEDURES,
  ownDeparture,
  type DepartureProcedure,
  type DepartureTemplate,
} from '../../planner/departure-procedure.ts';
import type { ProcedureKind } from '../procedure-kind.ts';
import { procedureFaults } from '../procedure-faults.ts';
import { SAMPLE_VARIANTS, sampleDeparture } from '../sample-departure.ts';
import { isOfDepartures } from '../step-descriptions.ts';

export const DEPARTURE_PROCEDURES: ProcedureKind<DepartureProcedure> = {
  kind: 'departure',
  builtIn: BUILT_IN_PROCEDURES,
  own: ({ name, template }) => ownDeparture({ name, template: template as DepartureTemplate }),
  templateOf({ name: _name, ...template }) {
    return { ...template, leavesOut: template.leavesOut.filter((kind) => isOfDepartures(kind)) };
  },
  faults: procedureFaults,
  usualTime: (_procedure, { leaveTime }) => leaveTime,
  samples(procedure, calendar, { timeZone, time: leaveTime }) {
    const sample = (variant: object) =>
      sampleDeparture(procedure, calendar, { timeZone, leaveTime, ...variant });
    return [sample({}), ...Object.values(SAMPLE_VARIANTS).map(sample)];
  },
};
