import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSealedVault } from '../../../activities/vault/sealed-vault.ts';
import type { PACKAGE_FAILURES } from '../../../shared/errors/start/package-failures.ts';
import { distFolder, packageRoot } from '../../../shared/platform/config/package-root.ts';
import { connectDatabase } from '../../../shared/platform/persistence/connect.ts';
import { createRepositories } from '../../../shared/platform/persistence/create-repositories.ts';
import { createSecretRepository } from '../../../shared/platform/persistence/secret-repository.ts';
import { startStore } from '../../../standalone/store/start-store.ts';
import { eventually } from '../installation.ts';
import { testVariable } from '../temporal.ts';
import { anOrganisation, freshOrgId } from '../test-repositories.ts';
import { copyPackage } from './package-copy.ts';
import { entry, FAKE_CHILDREN, main, start } from './provocation.ts';
import type { Provocation } from './provocation.ts';
import { existsSync } from 'node:fs';

const SERVERS = () => ({
  TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
  MONGODB_URI: testVariable('GANGWAY_TEST_MONGODB_URI'),
});

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

function ensureBuilt(root: string): string {
  return join(root, 'scripts', 'ensure-built.mjs');
}

export const PACKAGE_PROVOCATIONS: Readonly<Record<keyof typeof PACKAGE_FAILURES, Provocation>> = {
  NODE_TOO_OLD: ({ dataFolder, env }) => {
    mkdirSync(dataFolder);
    const preload = join(dataFolder, 'old-node.cjs');
    const versions = '{ ...process.versions, node: "18.20.4" }';
    writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
    return entry(ensureBuilt(packageRoot), env, { nodeOptions: ['-r', preload] });
  },
  DEPENDENCIES_MISSING: ({ env }, after) => {
    const copy = copyPackage(['scripts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']);
    after(copy.remove);
    rmSync(join(copy.root, 'node_modules'));
    return entry(ensureBuilt(copy.root), env);
  },
  COMPILE_FAILED: ({ env }, after) => {
    const copy = copyPackage(['scripts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']);
    after(copy.remove);
    mkdirSync(join(copy.root, 'shared'));
    writeFileSync(join(copy.root, 'shared', 'broken.ts'), 'export const answer: number = "forty-two";\n');
    return entry(ensureBuilt(copy.root), env);
  },
  NOT_BUILT: ({ env }, after) => {
    const copy = copyPackage(['dist']);
    after(copy.remove);
    rmSync(join(copy.root, 'dist', 'worker', 'main.js'));
    return entry(join(copy.root, 'dist', 'standalone', 'main.js'), env);
  },
  BAD_VARIABLE: (installation) => main(installation, { GANGWAY_TARGETS: 'Branch' }),
  VARIABLE_MISSING: ({ env }) => entry(join(distFolder, 'api', 'main.js'), env),
  SECRET_GIVEN_TWICE: (installation) =>
    main(installation, {
      MONGODB_URI: 'mongodb://one/gangway',
      MONGODB_URI_FILE: '/run/secrets/mongodb-uri',
    }),
  SECRET_FILE_UNREADABLE: (installation) => main(installation, { GANGWAY_SMTP_URL_FILE: '/nowhere' }),
  SECRET_FILE_EMPTY: (installation) => main(installation, { GANGWAY_SECRET_KEY_FILE: '/dev/null' }),
  SECRET_KEY_CHANGED: async (installation, after) => {
    const folder = join(installation.dataFolder, '..', 'store');
    const store = await startStore({ folder, port: 0, secret: 'as long as this test' });
    after(() => store.close());
    const database = await connectDatabase(store.uri);
    after(() => database.close());
    const orgId = freshOrgId();
    await createRepositories(database).organisations.insert(anOrganisation(orgId));
    const vault = createSealedVault(createSecretRepository(database.connection), Buffer.alloc(32, 1));
    await vault.getOrCreate(orgId, 'rotated:cas_1');
    return main(installation, { ...SERVERS(), MONGODB_URI: store.uri, GANGWAY_SECRET_KEY: keyOf(2) });
  },
  NATIVE_MODULE_MISSING: (installation, after) => {
    const copy = copyPackage(['dist'], { without: ['@lmdb'] });
    after(copy.remove);
    const { TEMPORAL_ADDRESS } = SERVERS();
    return entry(join(copy.root, 'dist', 'standalone', 'main.js'), { ...installation.env, TEMPORAL_ADDRESS });
  },
  CHILD_FAILED: (installation) =>
    start(
      installation,
      { children: FAKE_CHILDREN, patience: { firstBackOffMs: 50 } },
      { ...SERVERS(), FAKE_MODE: 'die' },
    ),
  INTERRUPTED: ({ env, dataFolder }) =>
    entry(join(distFolder, 'standalone', 'main.js'), env, {
      onStart: (pid) =>
        void eventually(() => existsSync(join(dataFolder, 'run'))).then(() => process.kill(pid, 'SIGTERM')),
    }),
};
