import { randomBytes } from 'node:crypto';
import { createDirectory } from '../../directory/create-directory.ts';
import type { Directory } from '../../directory/directory.ts';
import type { NewAccount } from '../../directory/accounts/create-account.ts';
import type { DepartingMail } from '../../directory/mail/mail-room.ts';
import { connectDatabase } from '../../shared/platform/persistence/connect.ts';
import type { Database } from '../../shared/platform/persistence/connect.ts';

export interface TestDirectory {
  readonly directory: Directory;
  /** The same directory over another connection. */
  readonly other: Directory;
  readonly database: Database;
  readonly clock: { now(): number; set(ms: number): void };
  /** Mail that left for addresses the directory does not serve. */
  readonly departed: DepartingMail[];
  /** Makes mail to the outside fail. */
  readonly outside: { isDown: boolean };
  close(): Promise<void>;
}

/** 2030-01-01T00:00:00Z */
export const NEW_YEAR_MS = Date.UTC(2030, 0, 1);
export const DAY_MS = 24 * 60 * 60 * 1000;

export function testDatabaseUri(): string {
  const uri = process.env['GANGWAY_TEST_MONGODB_URI'];
  if (uri === undefined) throw new Error('GANGWAY_TEST_MONGODB_URI is not set');
  return uri;
}

export function freshOrgId(): string {
  return `org_${randomBytes(10).toString('hex')}`;
}

export async function openTestDirectory(
  options: { readonly compareFirst?: boolean } = {},
): Promise<TestDirectory> {
  let nowMs = NEW_YEAR_MS;
  const clock = { now: () => nowMs, set: (ms: number) => (nowMs = ms) };
  const departed: DepartingMail[] = [];
  const outside = { isDown: false };
  const sendMail = (mail: DepartingMail) => {
    if (outside.isDown) return Promise.reject(new Error('the outside is down'));
    departed.push(mail);
    return Promise.resolve();
  };
  const [database, second] = [
    await connectDatabase(testDatabaseUri()),
    await connectDatabase(testDatabaseUri()),
  ];
  const directory = createDirectory({ connection: database.connection, clock, sendMail, ...options });
  await directory.prepare();
  return {
    directory,
    other: createDirectory({ connection: second.connection, clock, sendMail }),
    database,
    clock,
    departed,
    outside,
    close: async () => {
      await database.close();
      await second.close();
    },
  };
}

export function someAccount(overrides: Partial<NewAccount> = {}): NewAccount {
  const id = `acc_${randomBytes(10).toString('hex')}`;
  return {
    id,
    firstName: 'Ada',
    lastName: 'Byron',
    address: `${id}@example.test`,
    quotaBytes: 1_000_000,
    password: PASSWORD,
    ...overrides,
  };
}

export const PASSWORD = 'correct horse battery staple';
