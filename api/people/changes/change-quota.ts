import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { parse } from '../../http/parse.ts';
import { quotaFields } from './change-fields.ts';
import { changePerson } from './change-person.ts';
import { assertChangeable } from './check-change.ts';
import { readAccounts, usedBytes } from './on-targets.ts';
import { belowUse } from './settle-change.ts';

/** Sets the size a mailbox may have; never below what it holds already, on whichever target it holds most. */
export async function changeQuota(context: ApiContext, call: Call): Promise<Answer> {
  const { quotaBytes } = parse(quotaFields, call.body);
  return changePerson(context, call, {
    personId: paramOf(call, 'id'),
    async decide(person) {
      await assertChangeable(context, call, person, 'setQuota');
      const used = usedBytes(await readAccounts(context, person));
      if (used > quotaBytes) throw belowUse(used);
      return { fields: { quotaBytes } };
    },
  });
}
