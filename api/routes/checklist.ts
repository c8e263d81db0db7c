import type { ApiContext } from '../api-context.ts';
import { caseBehind, DEPARTURES, type CaseDoor } from '../cases/case-door.ts';
import { checklistView } from '../cases/checklist-view.ts';
import { completeItem } from '../cases/complete-item.ts';
import { nameRecipient } from '../departures/name-recipient.ts';
import { sendCommand } from '../cases/send-command.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { routesOf, type Route } from '../http/route.ts';
import { checklistOperations } from './checklist-operations.ts';

/** What people do by hand in a departure, and who receives. */
export function checklistRoutes(context: ApiContext): readonly Route[] {
  return routesOf(checklistOperations, {
    getChecklist: (call) => showChecklist(context, call, DEPARTURES),
    completeChecklistItem: (call) => sendCommand(context, call, DEPARTURES, completeItem),
    nameRecipient: (call) => nameRecipient(context, call, DEPARTURES),
  });
}

/** Steps of one plan, so there are few: no pages. */
export async function showChecklist(context: ApiContext, call: Call, door: CaseDoor): Promise<Answer> {
  const { orgId } = call.actor;
  const record = await caseBehind(door, context, orgId, paramOf(call, 'id'));
  const evidence = await context.repositories.evidence.listByCase(orgId, record.id);
  return { status: 200, body: checklistView(door, record, evidence, context.calendar) };
}
