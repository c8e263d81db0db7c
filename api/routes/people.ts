import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { tagged } from '../http/etag.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { createPerson } from '../people/create-person.ts';
import { requestWelcome, showWelcome } from '../people/credentials/welcome.ts';
import { peopleFilter } from '../people/person-fields.ts';
import { personView } from '../people/person-view.ts';
import { showReferences } from '../people/references.ts';
import { rehire } from '../people/rehire.ts';
import { giveSetupLinkByHand } from '../people/setup-link.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { updatePerson } from '../people/update-person.ts';
import { peopleOperations } from './people-operations.ts';

export function peopleRoutes(context: ApiContext): readonly Route[] {
  return routesOf(peopleOperations, {
    createPerson: (call) => createPerson(context, call),
    listPeople: (call) => list(context, call),
    async getPerson(call) {
      const person = await personOr404(context, call.actor.orgId, paramOf(call, 'id'));
      return tagged(person.rev, personView(person));
    },
    updatePerson: (call) => updatePerson(context, call),
    listReferences: (call) => showReferences(context, call),
    rehirePerson: (call) => rehire(context, call),
    giveSetupLink: (call) => giveSetupLinkByHand(context, call),
    showWelcome: (call) => showWelcome(context, call),
    requestWelcome: (call) => requestWelcome(context, call),
  });
}

async function list(context: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, q, search = q, role, ...equal } = parse(peopleFilter, call.query, 'query');
  const wanted = { ...equal, search, accountRole: role };
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return answerPage(
    call,
    { limit, after },
    {
      name: 'people',
      key: /^per_\w{1,40}$/u,
      read: (range) => context.repositories.people.list(call.actor.orgId, { ...range, ...given }),
      keyOf: (person) => person.id,
      show: (people) => people.map(personView),
    },
  );
}
