import type { Connection } from 'mongoose';
import type { Welcome } from '../../domain/welcome/welcome.ts';
import { atMost, openCollection } from './collection.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

type WelcomeChanges = ChangesOf<Omit<Welcome, 'id' | 'orgId' | 'rev' | 'personId'>>;

/** Welcome mails on their way: one of each person. Who changes a revision first goes on with it. */
export interface WelcomeRepository {
  get(orgId: string, id: string): Promise<Welcome | undefined>;
  insert(welcome: Welcome): Promise<'inserted' | 'exists'>;
  /** Those that are there already stay as they are. */
  insertMany(welcomes: readonly Welcome[]): Promise<void>;
  /** `undefined` when somebody else was first. */
  update(welcome: Welcome, changes: WelcomeChanges): Promise<Welcome | undefined>;
  /** Queued and due, across organisations, the longest due first. */
  listDue(nowMs: number, limit: number): Promise<readonly Welcome[]>;
  /** Given up until somebody asks again, across organisations. */
  countParked(): Promise<number>;
  ensureIndexes(): Promise<void>;
}

export function createWelcomeRepository(connection: Connection): WelcomeRepository {
  const collection = openCollection<Stored<Welcome>>(connection, {
    name: 'welcomes',
    fields: {
      rev: 'number',
      personId: 'string',
      requestedBy: 'string',
      requestedAtMs: 'number',
      to: 'string',
      includePassword: 'boolean',
      locale: 'string?',
      state: 'string',
      dueAtMs: 'number',
      attempts: 'number',
      error: 'string?',
      cancelledBecause: 'string?',
      sentAtMs: 'number?',
      acceptedBy: 'string?',
    },
    // Across organisations: whoever sends looks for all that is due.
    indexes: [{ state: 1, dueAtMs: 1 }],
  });
  return {
    async get(orgId, id) {
      const found = await collection.findOne({ _id: id, orgId });
      return found && fromStored(found);
    },
    insert: (welcome) => collection.insert(toStored(welcome)),
    async insertMany(welcomes) {
      await collection.insertMany(welcomes.map((welcome) => toStored(welcome)));
    },
    async update({ id, orgId, rev }, changes) {
      const changed = await collection.changeOne(
        { _id: id, orgId, rev },
        { ...splitChanges(changes), increment: { rev: 1 } },
      );
      return changed && fromStored(changed);
    },
    async listDue(nowMs, limit) {
      const due = { state: 'queued', dueAtMs: atMost(nowMs) };
      return (await collection.find(due, { dueAtMs: 1 }, limit)).map((found) => fromStored(found));
    },
    countParked: () => collection.count({ state: 'parked' }),
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
