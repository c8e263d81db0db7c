import type { ApiContext } from '../api-context.ts';
import { routesOf, type Route } from '../http/route.ts';
import { addAlias, removeAlias } from '../people/changes/change-aliases.ts';
import { changeQuota } from '../people/changes/change-quota.ts';
import { changeRole } from '../people/changes/change-role.ts';
import { listChanges } from '../people/changes/list-changes.ts';
import { setPasswordByHand } from '../people/changes/set-password.ts';
import { personChangeOperations } from './person-change-operations.ts';

export function personChangeRoutes(context: ApiContext): readonly Route[] {
  return routesOf(personChangeOperations, {
    setRole: (call) => changeRole(context, call),
    addAlias: (call) => addAlias(context, call),
    removeAlias: (call) => removeAlias(context, call),
    setQuota: (call) => changeQuota(context, call),
    setPersonPassword: (call) => setPasswordByHand(context, call),
    listChanges: (call) => listChanges(context, call),
  });
}
