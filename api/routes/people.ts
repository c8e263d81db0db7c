import type { ApiContext } from '../api-context.ts';
import { paramOf } from '../http/call.ts';
import { tagged } from '../http/etag.ts';
import { routesOf, type Route } from '../http/route.ts';
import { createPerson } from '../people/create-person.ts';
import { requestWelcome, showWelcome } from '../people/credentials/welcome.ts';
import { exportPeople } from '../people/export/export-people.ts';
import { listPeople } from '../people/list-people.ts';
import { listedPersonView } from '../people/listed-person-view.ts';
import { factsOfOne } from '../people/person-facts.ts';
import { showReferences } from '../people/references.ts';
import { rehire } from '../people/rehire.ts';
import { giveSetupLinkByHand } from '../people/setup-link.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { updatePerson } from '../people/update-person.ts';
import { peopleOperations } from './people-operations.ts';

export function peopleRoutes(context: ApiContext): readonly Route[] {
  return routesOf(peopleOperations, {
    createPerson: (call) => createPerson(context, call),
    listPeople: (call) => listPeople(context, call),
    exportPeople: (call) => exportPeople(context, call),
    async getPerson(call) {
      const person = await personOr404(context, call.actor.orgId, paramOf(call, 'id'));
      // Cases and administrators come and go without a change of the person.
      return tagged(person.rev, listedPersonView(call, await factsOfOne(context, person)), 'mixed');
    },
    updatePerson: (call) => updatePerson(context, call),
    listReferences: (call) => showReferences(context, call),
    rehirePerson: (call) => rehire(context, call),
    giveSetupLink: (call) => giveSetupLinkByHand(context, call),
    showWelcome: (call) => showWelcome(context, call),
    requestWelcome: (call) => requestWelcome(context, call),
  });
}
