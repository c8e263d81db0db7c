import { expect } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { IndexSpec } from '../../standalone/store/index/index-spec.ts';
import { planQuery } from '../../standalone/store/index/plan.ts';
import { parseFilter } from '../../standalone/store/query/parse-filter.ts';
import { parseSort } from '../../standalone/store/query/parse-sort.ts';

interface Query {
  readonly collection: string;
  readonly filter: Record<string, unknown>;
  readonly sort: Record<string, unknown>;
  /** Whether it leaves something out, as lists do. */
  readonly isOfList: boolean;
}

/** Notes what is asked of the database, and says how the embedded store would go about it. */
export function recordQueries(connection: Connection) {
  let queries: Query[] = [];
  connection.set(
    'debug',
    (collection: string, method: string, filter: object, options: { sort?: object; projection?: object }) => {
      if (method !== 'find') return;
      const { sort, projection = {} } = options;
      const isOfList = Object.keys(projection).length > 0;
      queries.push({ collection, filter: { ...filter }, sort: { ...sort }, isOfList });
    },
  );

  /** Of each query on a collection: by which index, and whether it has to sort. */
  async function plansFor(collection: string) {
    const indexes = await connection.collection(collection).indexes();
    const specs = indexes
      .filter(({ name }) => name !== '_id_')
      .map(({ key, name }, at): IndexSpec => {
        const fields = Object.entries(key).map(([path, direction]) => ({
          path,
          descending: direction === -1,
        }));
        const multikey = fields.map(({ path }) => ['searchPrefixes', 'namedIds'].includes(path));
        return { id: at + 1, name: String(name), fields, unique: false, multikey };
      });
    return queries
      .filter((query) => query.collection === collection && !looksForAdministrators(query))
      .map(({ filter, sort }) => {
        const plan = planQuery(parseFilter(filter), parseSort(sort), specs);
        return { sorted: plan.sorted, index: plan.scans[0]?.index.name };
      });
  }

  return {
    forget: () => {
      queries = [];
    },
    plansFor,
    /** Each was answered by an index that begins with this field, and gave the order as well. */
    async expectIndexed(collection: string, field: string): Promise<void> {
      const plans = await plansFor(collection);
      expect(plans.length).toBeGreaterThan(0);
      for (const plan of plans) {
        expect(plan.sorted).toBe(true);
        expect(plan.index).toContain(`orgId_1_${field}_`);
      }
    },
  };
}

/** A page that shows an administrator asks whether there is another one. */
const looksForAdministrators = ({ collection, filter, isOfList }: Query): boolean =>
  collection === 'people' && filter['accountRole'] === 'administrator' && !isOfList;
