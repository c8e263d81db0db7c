import { namePeopleOfCases } from './0001-name-people-of-cases.ts';
import { endOldArchives } from './0002-end-old-archives.ts';
import { letFullKeysReadArchives } from './0003-let-full-keys-read-archives.ts';
import { letFullKeysTellCases } from './0004-let-full-keys-tell-cases.ts';
import { placePeopleInOrders } from './0005-place-people-in-orders.ts';
import { letFullKeysHoldReviews } from './0006-let-full-keys-hold-reviews.ts';
import type { Migration } from './migration.ts';

/**
 * `checksum`: sha256 of the text of the migration's file without its imports. It is written into every database the
 * migration was applied to, and a database that knows another one is refused: a file that was released is never edited.
 */
export type ListedMigration = Migration & { readonly checksum: string };

/** In the order they run. A new one is added at the end; `test/unit/persistence/migrations.test.ts` tells its checksum. */
export const ALL_MIGRATIONS: readonly ListedMigration[] = [
  {
    ...namePeopleOfCases,
    checksum: 'fd1e1d62f7d5097eae2f2a6fe33b795ec404da21d35da161e04717c34f103ef0',
  },
  {
    ...endOldArchives,
    checksum: '03b3c1d13ca4457ec63792c3f1b27914c286ea2c439af7f31907a7207cf19017',
  },
  {
    ...letFullKeysReadArchives,
    checksum: '6e87bd133df647c0a97b89f9f72d1e4d8b7cd580946b565c7d29c35fabd0d411',
  },
  {
    ...letFullKeysTellCases,
    checksum: 'd9b643a4308e441eba0932d1fa81337736ee1313e7b0187284bf9cb40b1d54c2',
  },
  {
    ...placePeopleInOrders,
    checksum: 'b662cc1ff08b64d155361f57260c69539a780a5af5bafac6c2191fa4cbcc2104',
  },
  {
    ...letFullKeysHoldReviews,
    checksum: '9df7189cbf1f8aa4bb787a533772980d751d173bd956e2f3805c9d2cefd627bf',
  },
];
