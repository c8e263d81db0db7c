import { z } from 'zod';
import { PERSON_STATUSES } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call, type Route } from '../http/call.ts';
import { pageFields, pageOf } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { createPerson } from '../people/create-person.ts';
import { personView } from '../people/person-view.ts';
import { showReferences } from '../people/references.ts';
import { rehire } from '../people/rehire.ts';
import { giveSetupLinkByHand } from '../people/setup-link.ts';
import { personOr404, updatePerson } from '../people/update-person.ts';

const filter = z.strictObject({
  ...pageFields,
  status: z.enum(PERSON_STATUSES).optional(),
  search: z.string().trim().min(2).max(100).optional(),
});

export function peopleRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/v1/people',
      scope: 'people:write',
      handle: (call) => createPerson(context, call),
    },
    { method: 'get', path: '/v1/people', scope: 'people:read', handle: (call) => list(context, call) },
    {
      method: 'get',
      path: '/v1/people/:id',
      scope: 'people:read',
      handle: async (call) => {
        const person = await personOr404(context, call.actor.orgId, paramOf(call, 'id'));
        return { status: 200, body: personView(person) };
      },
    },
    {
      method: 'patch',
      path: '/v1/people/:id',
      scope: 'people:write',
      handle: (call) => updatePerson(context, call),
    },
    {
      method: 'get',
      path: '/v1/people/:id/references',
      scope: 'people:read',
      handle: (call) => showReferences(context, call),
    },
    {
      method: 'post',
      path: '/v1/people/:id/rehire',
      scope: 'people:write',
      handle: (call) => rehire(context, call),
    },
    {
      method: 'post',
      path: '/v1/people/:id/setup-link',
      scope: 'people:write',
      handle: (call) => giveSetupLinkByHand(context, call),
    },
  ];
}

async function list(context: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, status, search } = parse(filter, call.query, 'query');
  const read = (count: number) =>
    context.repositories.people.list(call.actor.orgId, {
      limit: count,
      ...(after === undefined ? {} : { after }),
      ...(status === undefined ? {} : { status }),
      ...(search === undefined ? {} : { search }),
    });
  const found = await pageOf(limit, read, (person) => person.id);
  return { status: 200, body: { ...found, items: found.items.map(personView) } };
}
