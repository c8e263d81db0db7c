import { onRelease } from '../../planner/on-release.ts';
import {
  ROLE_CHANGE_PROCEDURE,
  type RoleChangeProcedure,
  type RoleChangeTemplate,
} from '../../planner/role-change-procedure.ts';
import type { ProcedureKind } from '../procedure-kind.ts';
import { roleChangeFaults } from '../role-change-faults.ts';
import { DEMOTED, sampleRoleChange } from '../sample-role-change.ts';

export const ROLE_CHANGE_PROCEDURES: ProcedureKind<RoleChangeProcedure> = {
  kind: 'role_change',
  builtIn: [ROLE_CHANGE_PROCEDURE],
  own: ({ name, template }) => onRelease([ROLE_CHANGE_PROCEDURE], name, template as RoleChangeTemplate),
  templateOf: ({ name: _name, ...template }) => template,
  faults: roleChangeFaults,
  usualTime: ({ changeTime }) => changeTime,
  samples(procedure, calendar, when) {
    const sample = (variant: object) => sampleRoleChange(procedure, calendar, { ...when, ...variant });
    return [sample({}), sample(DEMOTED)];
  },
};
