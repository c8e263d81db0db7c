import type { Connection } from 'mongoose';
import type { Organisation } from '../../domain/organisation.ts';
import { above, openCollection } from './collection.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

type OrganisationChanges = ChangesOf<Omit<Organisation, 'id' | 'rev'>>;
type OrganisationDocument = Stored<Organisation> & { readonly orgId: string };

export interface OrganisationRepository {
  get(orgId: string): Promise<Organisation | undefined>;
  insert(organisation: Organisation): Promise<'inserted' | 'exists'>;
  /** The organisation of a one-machine edition: the oldest one. */
  only(): Promise<Organisation | undefined>;
  /** In the order of their ids, from the one after `after`. */
  list(page: { readonly after?: string; readonly limit: number }): Promise<readonly Organisation[]>;
  /** Changes revision `rev`; `undefined` when somebody else was first, or there is no such organisation. */
  update(orgId: string, rev: number, changes: OrganisationChanges): Promise<Organisation | undefined>;
  ensureIndexes(): Promise<void>;
}

export function createOrganisationRepository(connection: Connection): OrganisationRepository {
  const collection = openCollection<OrganisationDocument>(connection, {
    name: 'organisations',
    fields: {
      rev: 'number',
      name: 'string',
      domains: 'strings',
      timeZone: 'string',
      country: 'string',
      locale: 'string',
      leaveTime: 'string',
      digestTime: 'string?',
      peopleExport: 'json?',
      guardLimits: 'json',
      quarantineMonths: 'number',
      naming: 'json?',
      targetQuotas: 'json?',
      fallbackRecipientId: 'string?',
      notificationAddresses: 'strings',
      welcomeTexts: 'json?',
      frozen: 'json?',
      departureProcedure: 'string?',
      procedures: 'json?',
    },
    indexes: [{ orgId: 1 }],
  });
  const restore = (document: OrganisationDocument): Organisation => fromStored(document, ['orgId']);
  return {
    async get(orgId) {
      const found = await collection.findOne({ _id: orgId, orgId });
      return found && restore(found);
    },
    insert: (organisation) => collection.insert({ ...toStored(organisation), orgId: organisation.id }),
    async only() {
      const [first] = await collection.find({}, { _id: 1 }, 1);
      return first && restore(first);
    },
    async list({ after, limit }) {
      const filter = after === undefined ? {} : { _id: above(after) };
      return (await collection.find(filter, { _id: 1 }, limit)).map(restore);
    },
    async update(orgId, rev, changes) {
      const changed = await collection.changeOne(
        { _id: orgId, orgId, rev },
        { ...splitChanges(changes), increment: { rev: 1 } },
      );
      return changed && restore(changed);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
