import type { ApiContext } from '../api-context.ts';
import { sendCommand } from '../cases/send-command.ts';
import { routesOf, type Route } from '../http/route.ts';
import { createLeave, disablePerson } from '../leaves/create-leave.ts';
import { enablePerson } from '../leaves/enable-person.ts';
import { endLeave } from '../leaves/end-leave.ts';
import { LEAVES } from '../leaves/leaves.ts';
import { moveLeave } from '../leaves/move-leave.ts';
import { simulateLeave } from '../leaves/simulate-leave.ts';
import { leaveOperations } from './leave-operations.ts';

/** What leaves have besides what every case has. */
export function leaveRoutes(context: ApiContext): readonly Route[] {
  return routesOf(leaveOperations, {
    simulateLeave: (call) => simulateLeave(context, call),
    requestLeave: (call) => createLeave(context, call),
    moveLeave: (call) => sendCommand(context, call, LEAVES, moveLeave),
    endLeave: (call) => endLeave(context, call),
    disablePerson: (call) => disablePerson(context, call),
    enablePerson: (call) => enablePerson(context, call),
  });
}
