import type { Repositories } from '../shared/platform/persistence/create-repositories.ts';
import { newId } from '../shared/platform/new-id.ts';
import { ALL_SCOPES } from './http/scopes.ts';
import { newApiKey } from './keys/new-api-key.ts';

/** The one organisation of a new installation always has this id, so that two first starts make one. */
const FIRST_ORGANISATION = 'org_00000000000000000000000000';

/**
 * Makes the organisation of a new installation and a first key with every scope. Gives the text of the key when, and only
 * when, it made one: it is shown once and kept nowhere.
 */
export async function firstStart(
  repositories: Pick<Repositories, 'organisations' | 'apiKeys'>,
  nowMs: number,
): Promise<string | undefined> {
  const { organisations, apiKeys } = repositories;
  const existing = await organisations.only();
  if (existing === undefined) {
    await organisations.insert({
      id: FIRST_ORGANISATION,
      rev: 0,
      name: 'My organisation',
      domains: ['example.com'],
      timeZone: 'Europe/Zurich',
      country: 'CH',
      locale: 'en',
      leaveTime: '17:30',
      digestTime: '07:00',
      guardLimits: { floor: 2, sharePercent: 20, ceiling: 10 },
      quarantineMonths: 12,
      notificationAddresses: [],
    });
  }
  const orgId = existing?.id ?? FIRST_ORGANISATION;
  if ((await apiKeys.list(orgId, { limit: 1 })).length > 0) return undefined;
  const { key, text } = newApiKey({
    orgId,
    ownerId: newId('own'),
    ownerName: 'First owner',
    scopes: ALL_SCOPES,
    createdAtMs: nowMs,
  });
  await apiKeys.insert(key);
  return text;
}
