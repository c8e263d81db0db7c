import { addBelongings } from './handover.ts';
import { createTestPerson, type Json, type Reply, type TestApi } from './test-api.ts';

/** Somebody who owns something of everything, whose name is Ada Lovelace. Gives the id. */
export async function aPersonWithBelongings(api: TestApi, fields: Json = {}): Promise<string> {
  const personId = await createTestPerson(api, fields);
  const { accounts, address } = (await api.repositories.people.get(api.orgId, personId))!;
  await addBelongings(api.directory, api.orgId, accounts[0]!.accountId, personId);
  const mail = { from: 'sender@outside.test', subject: 'Offer', text: 'Text' };
  await api.directory.deliver(api.orgId, { to: address, ...mail });
  return personId;
}

export const aDeletion = (personId: string, more: Json = {}): Json => ({
  ...{ personId, typedName: 'Ada Lovelace', reason: 'made by mistake' },
  ...more,
});

/** Decides everything: the manager or whoever is named gets it. */
export const EVERYTHING_DECIDED: Json = {
  handover: { mail: {}, files: true, calendars: 'handOver', contacts: true },
  redirect: false,
};

export interface ShownStep {
  readonly key: string;
  readonly kind: string;
  readonly status: string;
  readonly manual?: true;
  readonly dependsOn: readonly string[];
}

export const stepsOf = ({ body }: Reply): readonly ShownStep[] => body['steps'] as readonly ShownStep[];

/** The questions of a deletion, as its plan has them. */
export const questionsOf = (reply: Reply): readonly string[] =>
  stepsOf(reply)
    .filter(({ kind }) => kind === 'decideItem')
    .map(({ key }) => key);
