import type { ApiContext } from '../api-context.ts';
import { checklistView } from '../departures/checklist-view.ts';
import { completeItem } from '../departures/complete-item.ts';
import { nameRecipient } from '../departures/name-recipient.ts';
import { departureOr404, sendCommand } from '../departures/send-command.ts';
import { paramOf, type Answer, type Call, type Route } from '../http/call.ts';

/** What people do by hand in a departure, and who receives. */
export function checklistRoutes(context: ApiContext): readonly Route[] {
  const path = '/v1/departures/:id';
  return [
    {
      method: 'get',
      path: `${path}/checklist`,
      scope: 'departures:read',
      handle: (call) => show(context, call),
    },
    {
      method: 'post',
      path: `${path}/checklist/:key/complete`,
      scope: 'departures:write',
      handle: (call) => sendCommand(context, call, completeItem),
    },
    {
      method: 'put',
      path: `${path}/recipient`,
      scope: 'departures:write',
      handle: (call) => nameRecipient(context, call),
    },
  ];
}

async function show(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const record = await departureOr404(context, orgId, paramOf(call, 'id'));
  const evidence = await context.repositories.evidence.listByCase(orgId, record.id);
  return { status: 200, body: checklistView(record, evidence, context.calendar) };
}
