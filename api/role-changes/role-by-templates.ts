import type { AccountView } from '../../directory/account-view.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { rightsDifference, withoutRights, type RoleRights } from '../../shared/domain/role-rights.ts';
import type { AccountTemplate } from '../../shared/domain/template.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import type { RoleChangeFields } from './role-change-fields.ts';

const NO_RIGHTS: RoleRights = { groups: [], lists: [] };

export interface RoleTemplates {
  readonly to: AccountTemplate;
  /** Absent: nobody was given anything. */
  readonly from?: AccountTemplate;
}

/** Throws `TEMPLATE_UNKNOWN` for a name that there is no template of, or no longer. */
export async function templatesOf(
  { repositories: { templates } }: Pick<ApiContext, 'repositories'>,
  { orgId, template: present }: Person,
  wanted: Pick<RoleChangeFields, 'to' | 'from'>,
): Promise<RoleTemplates> {
  const find = async (name: string, field: string): Promise<AccountTemplate> => {
    const found = await templates.get(orgId, name);
    if (found === undefined) throw new Problem('TEMPLATE_UNKNOWN', { field });
    return found;
  };
  const to = await find(wanted.to, '/to');
  const from = wanted.from === undefined ? present : wanted.from;
  return typeof from === 'string' ? { to, from: await find(from, '/from') } : { to };
}

type OfRole = Pick<RoleChangeRequest, 'adds' | 'removes' | 'accountRole' | 'quotaBytes' | 'department'>;

/** What the change gives and takes. What the person has already is not asked for again. */
export function roleByTemplates(
  { to, from }: RoleTemplates,
  person: Person,
  accounts: readonly AccountView[],
  wanted: RoleChangeFields,
): OfRole {
  const isSame = from?.name === to.name;
  const accountRole = wanted.accountRole ?? to.accountRole ?? (endsAdministrator(from) ? 'user' : undefined);
  const quotaBytes = wanted.quotaBytes ?? to.quotaBytes;
  const department = wanted.department ?? to.department;
  return {
    ...(isSame
      ? { adds: missingRights(to, accounts), removes: NO_RIGHTS }
      : rightsDifference(from ?? NO_RIGHTS, to)),
    ...(accountRole === undefined || accountRole === person.accountRole ? {} : { accountRole }),
    ...(quotaBytes === undefined || quotaBytes === person.quotaBytes ? {} : { quotaBytes }),
    ...(department === undefined || department === person.department ? {} : { department }),
  };
}

/** Whoever was an administrator by the old role is none by the new one, unless that or somebody says so. */
function endsAdministrator(from: AccountTemplate | undefined): boolean {
  return from?.accountRole === 'administrator';
}

/** The template may have grown since it was given: what not every account has. */
function missingRights({ groups, lists }: AccountTemplate, accounts: readonly AccountView[]): RoleRights {
  const everywhere = (of: 'groups' | 'lists', name: string): boolean =>
    accounts.length > 0 && accounts.every((account) => account[of].includes(name));
  const held: RoleRights = {
    groups: groups.filter((name) => everywhere('groups', name)),
    lists: lists.filter((name) => everywhere('lists', name)),
  };
  return withoutRights({ groups, lists }, held);
}
