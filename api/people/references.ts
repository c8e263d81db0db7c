import type { Reference } from '../../shared/domain/reference.ts';
import { findReferences } from '../../shared/platform/references/find-references.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from './update-person.ts';

/** Everything that points at a person at this moment. */
export async function showReferences(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const person = await personOr404(context, orgId, paramOf(call, 'id'));
  const organisation = await organisationOf(context, orgId);
  const found = await findReferences(context.repositories, organisation, person);
  return { status: 200, body: { items: found.map(viewOf) } };
}

function viewOf({ kind, holderId }: Reference) {
  if (kind === 'report') return { kind, personId: holderId };
  const isOrganisation = kind === 'notification' || kind === 'fallback';
  return isOrganisation ? { kind, organisationId: holderId } : { kind, departureId: holderId };
}
