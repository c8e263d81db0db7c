import type { Repositories } from '../persistence/create-repositories.ts';

/** Whether `personId` is above `managerId`, directly or through others: as the manager of that person, it would go round in a circle. */
export async function isManagedBy(
  { people }: Pick<Repositories, 'people'>,
  orgId: string,
  managerId: string,
  personId: string,
): Promise<boolean> {
  const seen = new Set<string>();
  for (let id: string | undefined = managerId; id !== undefined && !seen.has(id);) {
    if (id === personId) return true;
    seen.add(id);
    id = (await people.get(orgId, id))?.managerId;
  }
  return false;
}
