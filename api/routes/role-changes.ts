import type { ApiContext } from '../api-context.ts';
import { sendCommand } from '../cases/send-command.ts';
import { routesOf, type Route } from '../http/route.ts';
import { createRoleChange } from '../role-changes/create-role-change.ts';
import { extendOverlap } from '../role-changes/extend-overlap.ts';
import { rescheduleRoleChange } from '../role-changes/reschedule-role-change.ts';
import { ROLE_CHANGES } from '../role-changes/role-change-door.ts';
import { simulateRoleChange } from '../role-changes/simulate-role-change.ts';
import { roleChangeOperations } from './role-change-operations.ts';

/** People who change roles. */
export function roleChangeRoutes(context: ApiContext): readonly Route[] {
  return routesOf(roleChangeOperations, {
    simulateRoleChange: (call) => simulateRoleChange(context, call),
    requestRoleChange: (call) => createRoleChange(context, call),
    extendRoleChangeOverlap: (call) => sendCommand(context, call, ROLE_CHANGES, extendOverlap),
    rescheduleRoleChange: (call) => sendCommand(context, call, ROLE_CHANGES, rescheduleRoleChange),
  });
}
