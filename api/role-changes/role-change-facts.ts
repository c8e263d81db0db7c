import type { AccountView } from '../../directory/account-view.ts';
import type { RoleChangeFacts } from '../../shared/domain/planner/expected-calls.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { commonRights, countRights, rightsOf, withoutRights } from '../../shared/domain/role-rights.ts';

/** What a role change would find of an account as it stands now. */
export function roleChangeFacts(
  { adds, removes, quotaBytes }: RoleChangeRequest,
  account: AccountView,
): RoleChangeFacts {
  const held = rightsOf(account);
  return {
    missingCount: countRights(withoutRights(adds, held)),
    endingCount: countRights(commonRights(removes, held)),
    quotaDiffers: quotaBytes !== undefined && quotaBytes !== account.quotaBytes,
  };
}
