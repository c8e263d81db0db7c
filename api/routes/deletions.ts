import type { ApiContext } from '../api-context.ts';
import { DELETIONS } from '../cases/case-door.ts';
import { sendCommand } from '../cases/send-command.ts';
import { createDeletion, simulateDeletion } from '../deletions/create-deletion.ts';
import { decideItem } from '../deletions/decide-item.ts';
import { restore } from '../deletions/restore.ts';
import { nameRecipient } from '../departures/name-recipient.ts';
import { routesOf, type Route } from '../http/route.ts';
import { deletionOperations } from './deletion-operations.ts';

/** What a deletion has beyond other cases; the rest is said and seen under `/v1/cases`. */
export function deletionRoutes(context: ApiContext): readonly Route[] {
  return routesOf(deletionOperations, {
    simulateDeletion: (call) => simulateDeletion(context, call),
    requestDeletion: (call) => createDeletion(context, call),
    decideDeletionItem: (call) => sendCommand(context, call, DELETIONS, decideItem),
    nameDeletionRecipient: (call) => nameRecipient(context, call, DELETIONS),
    restoreDeletion: (call) => restore(context, call),
  });
}
