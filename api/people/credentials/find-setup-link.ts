import type { Person } from '../../../shared/domain/person.ts';
import { setupLinkState, type SetupLink, type SetupLinkState } from '../../../shared/domain/setup-link.ts';
import { hashOfToken, isLinkToken } from '../../../shared/platform/links/link-token.ts';
import type { ApiContext } from '../../api-context.ts';

export type FoundSetupLink =
  | { readonly state: 'open'; readonly link: SetupLink; readonly person: Person }
  | { readonly state: 'unknown' | Exclude<SetupLinkState, 'open'> };

/** What whoever has this token could do with it now. */
export async function findSetupLink(
  context: Pick<ApiContext, 'repositories' | 'now'>,
  token: string,
): Promise<FoundSetupLink> {
  const { setupLinks, people } = context.repositories;
  const link = isLinkToken(token) ? await setupLinks.find(hashOfToken(token)) : undefined;
  if (link === undefined) return { state: 'unknown' };
  const state = setupLinkState(link, context.now());
  if (state !== 'open') return { state };
  const person = await people.get(link.orgId, link.personId);
  // Somebody who leaves does not get back in by an older link.
  return person?.status === 'active' ? { state, link, person } : { state: 'void' };
}
