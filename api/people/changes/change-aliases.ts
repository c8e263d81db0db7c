import { aliasRefusal } from '../../../shared/domain/people/alias-refusal.ts';
import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { parse } from '../../http/parse.ts';
import { Problem } from '../../http/problem.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import { servedToAnother } from '../address-served.ts';
import { assertNoCycle } from './alias-cycle.ts';
import { aliasFields, aliasRemoval } from './change-fields.ts';
import { changePerson } from './change-person.ts';
import { assertChangeable } from './check-change.ts';

/** Adds an address to a person's. One that the person has already is no change. */
export async function addAlias(context: ApiContext, call: Call): Promise<Answer> {
  const { alias } = parse(aliasFields, call.body);
  return changePerson(context, call, {
    personId: paramOf(call, 'id'),
    async decide(person) {
      if (person.aliases.includes(alias)) return { fields: {} };
      await assertChangeable(context, call, person, 'addAlias');
      const field = '/alias';
      const { domains } = await organisationOf(context, person.orgId);
      const refused = aliasRefusal(alias, person, domains);
      if (refused !== undefined) throw new Problem(refused, { field });
      const target = await servedToAnother(context, person, alias);
      if (target !== undefined) throw new Problem('ADDRESS_TAKEN', { field, members: { target } });
      await assertNoCycle(context, person, alias);
      return { fields: { aliases: [...person.aliases, alias] } };
    },
  });
}

/**
 * Takes an alias away. Mail to it is refused from then on, and it rests like the address of somebody who left, so that nobody else
 * receives what is still sent to it; it is free at once where the caller says so.
 */
export async function removeAlias(context: ApiContext, call: Call): Promise<Answer> {
  const { free } = parse(aliasRemoval, call.query, 'query');
  const alias = paramOf(call, 'alias').toLowerCase();
  return changePerson(context, call, {
    personId: paramOf(call, 'id'),
    async decide(person) {
      await assertChangeable(context, call, person, 'removeAlias');
      if (!person.aliases.includes(alias)) throw new Problem('ALIAS_NOT_FOUND');
      return {
        fields: { aliases: person.aliases.filter((one) => one !== alias) },
        dropped: free === 'true' ? 'free' : 'quarantine',
      };
    },
  });
}
