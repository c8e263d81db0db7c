import { everyApiKey } from '../../shared/platform/persistence/every-api-key.ts';
import type { ApiContext } from '../api-context.ts';

/** The names that the keys of those who acted were given; an id stays when its keys are gone. */
export async function actorNames(
  { repositories }: Pick<ApiContext, 'repositories'>,
  orgId: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const wanted = new Set(ids);
  const names: Record<string, string> = {};
  for (const { ownerId, ownerName } of await everyApiKey(repositories.apiKeys, orgId))
    if (wanted.has(ownerId)) names[ownerId] ??= ownerName;
  return names;
}
