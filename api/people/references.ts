import { REFERENCE_KINDS, type Reference, type ReferenceKind } from '../../shared/domain/reference.ts';
import { firstReferences } from '../../shared/platform/references/find-references.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { answerPage, pageQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from './person-or-404.ts';

const KEY = new RegExp(`^(?<kind>${REFERENCE_KINDS.join('|')}):(?<holderId>[a-z]{3}_\\w{1,40})$`, 'u');

/** Everything that points at a person at this moment. */
export async function showReferences(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(pageQuery, call.query, 'query');
  const { orgId } = call.actor;
  const person = await personOr404(context, orgId, paramOf(call, 'id'));
  const organisation = await organisationOf(context, orgId);
  return answerPage(call, wanted, {
    name: 'references',
    key: KEY,
    read: ({ after, limit }) =>
      firstReferences(context.repositories, organisation, person, {
        limit,
        ...(after === undefined ? {} : { after: referenceOf(after) }),
      }),
    keyOf: ({ kind, holderId }) => `${kind}:${holderId}`,
    show: (references) => references.map(viewOf),
  });
}

function referenceOf(key: string): Reference {
  const { kind, holderId = '' } = KEY.exec(key)?.groups ?? {};
  return { kind: kind as ReferenceKind, holderId };
}

function viewOf({ kind, holderId }: Reference) {
  if (kind === 'report') return { kind, personId: holderId };
  if (kind === 'reviewer') return { kind, definitionId: holderId };
  const isOrganisation = kind === 'notification' || kind === 'fallback';
  return isOrganisation ? { kind, organisationId: holderId } : { kind, departureId: holderId };
}
