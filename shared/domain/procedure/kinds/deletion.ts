import {
  DELETION_PROCEDURE,
  ownDeletion,
  templateOfDeletion,
  type DeletionTemplate,
} from '../../planner/deletion-procedure.ts';
import type { DepartureProcedure } from '../../planner/departure-procedure.ts';
import type { ProcedureKind } from '../procedure-kind.ts';
import { procedureFaults } from '../procedure-faults.ts';
import { SAMPLE_VARIANTS, sampleDeparture } from '../sample-departure.ts';

/** A deletion goes the way of a departure: its samples have every question, and what was decided. */
export const DELETION_PROCEDURES: ProcedureKind<DepartureProcedure> = {
  kind: 'deletion',
  builtIn: [DELETION_PROCEDURE],
  own: ({ name, template }) => ownDeletion(name, template as DeletionTemplate),
  templateOf: templateOfDeletion,
  faults: (procedure, calendar) => procedureFaults(procedure, calendar, DELETION_PROCEDURE),
  usualTime: (_procedure, { leaveTime }) => leaveTime,
  samples(procedure, calendar, { timeZone, time: leaveTime }) {
    const sample = (variant: object) =>
      sampleDeparture(procedure, calendar, { timeZone, leaveTime, ...variant });
    return [sample({}), sample(SAMPLE_VARIANTS.OUTLIVES)];
  },
};
