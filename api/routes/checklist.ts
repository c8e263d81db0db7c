import type { ApiContext } from '../api-context.ts';
import { checklistView } from '../departures/checklist-view.ts';
import { completeItem } from '../departures/complete-item.ts';
import { nameRecipient } from '../departures/name-recipient.ts';
import { departureOr404, sendCommand } from '../departures/send-command.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { routesOf, type Route } from '../http/route.ts';
import { checklistOperations } from './checklist-operations.ts';

/** What people do by hand in a departure, and who receives. */
export function checklistRoutes(context: ApiContext): readonly Route[] {
  return routesOf(checklistOperations, {
    getChecklist: (call) => show(context, call),
    completeChecklistItem: (call) => sendCommand(context, call, completeItem),
    nameRecipient: (call) => nameRecipient(context, call),
  });
}

/** Steps of one plan, so there are few: no pages. */
async function show(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const record = await departureOr404(context, orgId, paramOf(call, 'id'));
  const evidence = await context.repositories.evidence.listByCase(orgId, record.id);
  return { status: 200, body: checklistView(record, evidence, context.calendar) };
}
