import { LEAVE_PROCEDURE, type LeaveProcedure, type LeaveTemplate } from '../../leave.ts';
import { onRelease } from '../../planner/on-release.ts';
import { leaveFaults } from '../leave-faults.ts';
import type { ProcedureKind } from '../procedure-kind.ts';
import { DATED, sampleLeave, SUSPICIOUS } from '../sample-leave.ts';

export const LEAVE_PROCEDURES: ProcedureKind<LeaveProcedure> = {
  kind: 'leave',
  builtIn: [LEAVE_PROCEDURE],
  own: ({ name, template }) => onRelease([LEAVE_PROCEDURE], name, template as LeaveTemplate),
  templateOf: ({ name: _name, ...template }) => template,
  faults: leaveFaults,
  usualTime: ({ time }) => time,
  samples(procedure, calendar, when) {
    const sample = (variant: object) => sampleLeave(procedure, calendar, { ...when, ...variant });
    return [sample(DATED), sample({}), sample(SUSPICIOUS)];
  },
};
