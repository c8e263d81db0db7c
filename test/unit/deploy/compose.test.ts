import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { configSchema, SECRET_VARIABLES } from '../../../shared/platform/config/config-schema.ts';
import { requireMongodbUri, requireSecretKey } from '../../../shared/platform/config/config.ts';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { jobsOf, readCompose, REQUIRED } from '../../support/compose.ts';
import { commandOf, environmentOf } from '../../support/dockerfile.ts';

const compose = readCompose(REQUIRED);
const services = Object.entries(compose.services);
const jobs = jobsOf(compose);
const OURS = ['api', 'worker'] as const;
const PUBLISHED = ['api', 'temporal-ui'];

let secrets: string;
beforeAll(() => {
  secrets = join(mkdtempSync(join(tmpdir(), 'gangway-secrets-')), 'secrets');
  makeSecrets();
  writeFileSync(join(secrets, 'smtp-url'), 'smtps://user:password@mail.example.com\n');
});
afterAll(() => rmSync(join(secrets, '..'), { recursive: true }));

function makeSecrets(): string {
  return execFileSync('sh', [join(packageRoot, 'deploy', 'make-secrets.sh'), secrets], { encoding: 'utf8' });
}

function secret(name: string): string {
  return readFileSync(join(secrets, name), 'utf8').trim();
}

/** What the process of a service sees, its secrets being where the test put them. */
function environmentSeen(name: (typeof OURS)[number]): Readonly<Record<string, string>> {
  const all = { ...environmentOf(name), ...compose.services[name]?.environment };
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [key, value.replace(/^\/run\/secrets/, secrets)]),
  );
}

describe.each(OURS)('the configuration of %s', (name) => {
  test('has only variables that Gangway knows', () => {
    const known = [
      ...Object.keys(configSchema.shape),
      ...SECRET_VARIABLES.map((variable) => `${variable}_FILE`),
      'NODE_ENV',
    ];
    expect(Object.keys(environmentSeen(name)).filter((variable) => !known.includes(variable))).toEqual([]);
  });

  test('is accepted, with the secrets that make-secrets.sh makes', () => {
    const config = readConfig(environmentSeen(name));
    expect(requireMongodbUri(config)).toBe(secret('mongodb-uri'));
    expect(config.mail.smtpUrl).toBe(secret('smtp-url'));
    expect(config.temporal).toMatchObject({ externalAddress: 'temporal:7233', namespace: 'gangway' });
    expect(config.dataFolder).toBe('/data');
  });

  test('comes to the image that the Dockerfile makes for it, with its health check', () => {
    const service = compose.services[name]!;
    expect(service.build?.target).toBe(name);
    expect(service.command).toBeUndefined();
    expect(service.healthcheck?.test).toEqual(['CMD', ...commandOf(name, 'HEALTHCHECK')]);
  });
});

test('the worker alone is given the key of the secrets at rest', () => {
  expect(requireSecretKey(readConfig(environmentSeen('worker')))).toHaveLength(32);
  expect(
    services.filter(([, service]) => service.secrets?.includes('secret-key')).map(([name]) => name),
  ).toEqual(['worker']);
});

test('does not start without a public address and a sender', () => {
  for (const missing of Object.keys(REQUIRED))
    expect(() => readCompose({ ...REQUIRED, [missing]: '' })).toThrow(`${missing} is required`);
});

test('only the API and the UI can be reached, from this machine', () => {
  const published = services.filter(([, service]) => service.ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(PUBLISHED);
  for (const [, { ports }] of published)
    expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+:8080$/)]);
});

test('servers and their data are in a network that leads nowhere', () => {
  expect(compose.networks['inside']).toEqual({ internal: true });
  const outside = services
    .filter(([, service]) => service.networks.includes('outside'))
    .map(([name]) => name);
  expect(outside).toEqual(['api', 'worker', 'temporal-ui']);
});

test.each(services)('%s has a pinned image and a health check, or is a job that ends', (name, service) => {
  expect(service.image).toMatch(/^[\w/-]+:\d+\.\d+(\.\d+)?$/);
  expect(service.healthcheck === undefined).toBe(jobs.includes(name));
  expect(service.restart).toBe(jobs.includes(name) ? 'on-failure:5' : 'unless-stopped');
  expect(service.security_opt).toContain('no-new-privileges:true');
});

test.each(OURS)(
  '%s may change nothing but its data, and is given the time it allows itself to stop',
  (name) => {
    const { read_only, cap_drop, stop_grace_period, image } = compose.services[name]!;
    expect([read_only, cap_drop]).toEqual([true, ['ALL']]);
    expect(parseInt(stop_grace_period ?? '', 10)).toBeGreaterThan(15);
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(image).toBe(`gangway-${name}:${version}`);
  },
);

test.each(['secrets', 'configs', 'volumes', 'networks', 'depends_on'] as const)(
  'all %s that are used are declared, and the other way round',
  (kind) => {
    const used = services.flatMap(([, service]): readonly string[] => {
      if (kind === 'configs') return (service.configs ?? []).map(({ source }) => source);
      if (kind === 'volumes') return (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
      if (kind === 'depends_on') return Object.keys(service.depends_on ?? {});
      return service[kind] ?? [];
    });
    const declared = Object.keys(kind === 'depends_on' ? compose.services : compose[kind]);
    if (kind === 'depends_on') expect(declared).toEqual(expect.arrayContaining([...new Set(used)]));
    else expect([...new Set(used)].sort()).toEqual(declared.sort());
  },
);

test('every secret is made by make-secrets.sh, or asked for; every config is a file of the package', () => {
  for (const [name, { file }] of Object.entries(compose.secrets)) {
    expect(file).toBe(`secrets/${name}`);
    expect(existsSync(join(secrets, name))).toBe(true);
  }
  for (const { file } of Object.values(compose.configs))
    expect(existsSync(join(packageRoot, file))).toBe(true);
});

test.each(services)('%s is given the secrets it reads, and no other', (_name, service) => {
  const scripts = (service.configs ?? []).map(({ source }) =>
    readFileSync(join(packageRoot, compose.configs[source]!.file), 'utf8'),
  );
  const said = [JSON.stringify(service.environment ?? {}), ...scripts].join('\n');
  const read = [...said.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, name]) => name);
  expect([...new Set(read)].sort()).toEqual([...(service.secrets ?? [])].sort());
});

describe('the secrets', () => {
  test('are kept when they are made again, out of reach of other users', () => {
    const before = Object.keys(compose.secrets).map(secret);
    expect(makeSecrets()).toBe('');
    expect(Object.keys(compose.secrets).map(secret)).toEqual(before);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    expect(statSync(join(secrets, 'secret-key')).mode & 0o777).toBe(0o444);
  });

  test('name the missing address of the mail server', () => {
    rmSync(join(secrets, 'smtp-url'));
    expect(makeSecrets()).toMatch(/^missing \S+smtp-url: write/);
    writeFileSync(join(secrets, 'smtp-url'), 'smtps://user:password@mail.example.com\n');
  });

  test('make the user of the database that the address names, with its password', () => {
    const script = readFileSync(join(packageRoot, 'deploy', 'mongodb-user.js'), 'utf8');
    const made: object[] = [];
    const db = {
      getSiblingDB: (database: string) => ({
        createUser: (user: object) => made.push({ database, ...user }),
      }),
    };
    const fs = { readFileSync: (file: string) => `${secret(file.replace('/run/secrets/', ''))}\n` };
    runInNewContext(script, { db, require: () => fs });
    const { username, password, pathname, searchParams } = new URL(secret('mongodb-uri'));
    const database = pathname.slice(1);
    expect(made).toEqual([
      { database, user: username, pwd: password, roles: [{ role: 'readWrite', db: database }] },
    ]);
    expect([searchParams.get('authSource'), searchParams.get('journal')]).toEqual([database, 'true']);
  });
});
