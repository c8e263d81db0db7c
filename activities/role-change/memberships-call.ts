import { countRights, rightsOf, sameRights, type RoleRights } from '../../shared/domain/role-rights.ts';
import type { AccountCall } from '../steps/account-calls.ts';
import { readAccount } from '../steps/account-step.ts';

/**
 * Makes of the groups and lists an account has at this moment what it is to have. Whatever `change` leaves as it is was given by
 * somebody else, and is read again as well.
 */
export function membershipsCall(change: (held: RoleRights) => RoleRights): AccountCall {
  let wanted: RoleRights | undefined;
  return {
    operation: 'setMemberships',
    async perform(context) {
      wanted = change(rightsOf(await readAccount(context)));
      return context.connector.setMemberships(context.ref, wanted, context.call);
    },
    isProven: (after) => wanted !== undefined && sameRights(rightsOf(after), wanted),
    count: (before) => countRights(rightsOf(before)),
  };
}
