import type { Organisation } from '../../shared/domain/organisation.ts';
import type { ApiContext } from '../api-context.ts';

/** Every key belongs to an organisation: one that is missing is a fault. */
export async function organisationOf(context: ApiContext, orgId: string): Promise<Organisation> {
  const organisation = await context.repositories.organisations.get(orgId);
  if (organisation === undefined) throw new Error('the organisation of a key is missing');
  return organisation;
}
