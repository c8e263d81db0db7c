import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSealedVault, SecretUnreadable } from '../../../activities/vault/sealed-vault.ts';
import { connectDatabase } from '../../../shared/platform/persistence/connect.ts';
import type { Database } from '../../../shared/platform/persistence/connect.ts';
import { createSecretRepository } from '../../../shared/platform/persistence/secret-repository.ts';
import type {
  SealedSecret,
  SecretRepository,
} from '../../../shared/platform/persistence/secret-repository.ts';
import { freshOrgId, testDatabaseUri } from '../../support/test-directory.ts';

describe('the vault', () => {
  const key = randomBytes(32);
  let database: Database;
  let repository: SecretRepository;
  beforeAll(async () => {
    database = await connectDatabase(testDatabaseUri());
    repository = createSecretRepository(database.connection);
    await repository.ensureIndexes();
  });
  afterAll(() => database.close());

  const vault = () => createSealedVault(repository, key);
  const storedOf = async (orgId: string) => (await repository.get(orgId, `secret:${orgId}:rotated:cas_1`))!;

  test('makes a secret once and gives the same ever after', async () => {
    const orgId = freshOrgId();
    const secret = await vault().getOrCreate(orgId, 'rotated:cas_1');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await vault().getOrCreate(orgId, 'rotated:cas_1')).toBe(secret);
    expect(await vault().read(orgId, 'rotated:cas_1')).toBe(secret);
    expect(await vault().getOrCreate(orgId, 'rotated:cas_2')).not.toBe(secret);
  });

  test('gives everybody the same secret when twenty ask at once', async () => {
    const orgId = freshOrgId();
    const secrets = await Promise.all(
      Array.from({ length: 20 }, () => vault().getOrCreate(orgId, 'rotated:cas_1')),
    );
    expect(new Set(secrets).size).toBe(1);
  });

  test('knows nothing of other organisations, and forgets what is destroyed', async () => {
    const orgId = freshOrgId();
    await vault().getOrCreate(orgId, 'rotated:cas_1');
    expect(await vault().read(freshOrgId(), 'rotated:cas_1')).toBeUndefined();
    await vault().destroy(orgId, 'rotated:cas_1');
    await vault().destroy(orgId, 'rotated:cas_1');
    expect(await vault().read(orgId, 'rotated:cas_1')).toBeUndefined();
  });

  test('stores nothing that can be read', async () => {
    const orgId = freshOrgId();
    const secret = await vault().getOrCreate(orgId, 'rotated:cas_1');
    const stored = await storedOf(orgId);
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(Buffer.from(stored.sealed, 'base64').toString('utf8')).not.toContain(secret);
  });

  test.each<keyof SealedSecret & ('sealed' | 'nonce' | 'tag')>(['sealed', 'nonce', 'tag'])(
    'does not open a secret whose %s was changed',
    async (field) => {
      const orgId = freshOrgId();
      const secret = await vault().getOrCreate(orgId, 'rotated:cas_1');
      const stored = await storedOf(orgId);
      const bytes = Buffer.from(stored[field], 'base64');
      bytes[0]! ^= 1;
      await replaceBy({ ...stored, [field]: bytes.toString('base64') });
      const reading = vault().read(orgId, 'rotated:cas_1');
      await expect(reading).rejects.toThrow(SecretUnreadable);
      await expect(reading).rejects.not.toThrow(secret);
    },
  );

  test('does not open with another key', async () => {
    const orgId = freshOrgId();
    await vault().getOrCreate(orgId, 'rotated:cas_1');
    const other = createSealedVault(repository, randomBytes(32));
    await expect(other.read(orgId, 'rotated:cas_1')).rejects.toThrow(SecretUnreadable);
    await expect(other.getOrCreate(orgId, 'rotated:cas_1')).rejects.toThrow(SecretUnreadable);
  });

  test('does not open a secret that was put in the place of another', async () => {
    const orgId = freshOrgId();
    await vault().getOrCreate(orgId, 'rotated:cas_1');
    const stored = await storedOf(orgId);
    await repository.insert({ ...stored, id: `secret:${orgId}:rotated:cas_2` });
    await expect(vault().read(orgId, 'rotated:cas_2')).rejects.toThrow(SecretUnreadable);
  });

  test.each([0, 16, 31, 33])('refuses a key of %d bytes', (length) => {
    expect(() => createSealedVault(repository, randomBytes(length))).toThrow('32 bytes');
  });

  async function replaceBy(secret: SealedSecret): Promise<void> {
    await repository.remove(secret.orgId, secret.id);
    await repository.insert(secret);
  }
});
