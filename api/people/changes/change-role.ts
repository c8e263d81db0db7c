import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { parse } from '../../http/parse.ts';
import { Problem } from '../../http/problem.ts';
import { roleFields } from './change-fields.ts';
import { changePerson } from './change-person.ts';
import { assertChangeable } from './check-change.ts';

/** Makes somebody an administrator, which has to be confirmed, or a user again. */
export async function changeRole(context: ApiContext, call: Call): Promise<Answer> {
  const { role, confirm } = parse(roleFields, call.body);
  return changePerson(context, call, {
    personId: paramOf(call, 'id'),
    async decide(person) {
      await assertChangeable(context, call, person, role === 'administrator' ? 'promote' : 'demote');
      if (role === 'administrator' && !confirm)
        throw new Problem('CONFIRMATION_REQUIRED', { field: '/confirm' });
      return { fields: { accountRole: role } };
    },
  });
}
