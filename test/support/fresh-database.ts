import { randomUUID } from 'node:crypto';
import { connectDatabase, type Database } from '../../shared/platform/persistence/connect.ts';
import { testVariable } from './test-variable.ts';

/** The address of a database of its own, empty, on the store of this run. */
export function freshDatabaseUri(): string {
  return testVariable('GANGWAY_TEST_MONGODB_URI').replace(/\/gangway\?/u, `/t-${randomUUID()}?`);
}

/** Several of them on one address are several processes. */
export function openDatabase(uri: string): Promise<Database> {
  return connectDatabase(uri, { appName: 'test' });
}
