import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { requireMongodbUri, requireSecretKey, temporalAddress } from '../../shared/platform/config/config.ts';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { withoutCredentials } from '../../shared/platform/config/without-credentials.ts';

const folder = mkdtempSync(join(tmpdir(), 'gangway-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = Buffer.alloc(32, 7).toString('base64');

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the defaults', () => {
  const config = readConfig({});

  test('make one machine run without a single variable', () => {
    expect(config.dataFolder).toBe(resolve('.gangway'));
    expect(config.api.port).toBe(8080);
    expect(config.temporal).toEqual({
      externalAddress: undefined,
      namespace: 'default',
      port: 7233,
      uiPort: 8233,
    });
    expect(config.store).toEqual({ externalUri: undefined, port: 27_027 });
    expect(config.mail.outboxFolder).toBe(join(resolve('.gangway'), 'outbox'));
    expect(config.worker.maxCachedWorkflows).toBe(200);
    expect(temporalAddress(config)).toBe('127.0.0.1:7233');
  });

  test('hold no secret', () => {
    expect([config.secretKey, config.store.externalUri, config.mail.smtpUrl]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => requireSecretKey(config)).toThrow(
      'GANGWAY_SECRET_KEY or GANGWAY_SECRET_KEY_FILE must be set for this process.',
    );
    expect(() => requireMongodbUri(config)).toThrow('MONGODB_URI must be set for this process.');
  });

  test('cannot be changed afterwards', () => {
    expect(() => Object.assign(config, { dataFolder: '/elsewhere' })).toThrow(TypeError);
    expect(() => Object.assign(config.api, { port: 1 })).toThrow(TypeError);
  });
});

describe('a variable', () => {
  test('that is empty counts as unset', () => {
    expect(readConfig({ GANGWAY_API_PORT: '', MONGODB_URI: ' ' }).api.port).toBe(8080);
  });

  test.each([
    ['GANGWAY_API_PORT', 'eighty', 'must be a port number from 1 to 65535, but is "eighty".'],
    ['GANGWAY_API_PORT', '70000', 'must be a port number from 1 to 65535, but is "70000".'],
    ['GANGWAY_STORE_PORT', '0', 'must be a port number from 1 to 65535, but is "0".'],
    ['GANGWAY_MAX_CACHED_WORKFLOWS', '-1', 'must be a whole number from 1 to 100000, but is "-1".'],
    [
      'GANGWAY_LOG_LEVEL',
      'loud',
      'must be one of trace, debug, info, warn, error, fatal, silent, but is "loud".',
    ],
    [
      'TEMPORAL_ADDRESS',
      'http://temporal:7233',
      'must be host:port without a scheme, but is "http://temporal:7233".',
    ],
    ['GANGWAY_API_HOST', 'localhost', 'must be an IP address, but is "localhost".'],
    ['GANGWAY_API_PROXIES', '-1', 'must be a whole number from 0 to 9, but is "-1".'],
    [
      'GANGWAY_PUBLIC_URL',
      'ftp://x',
      'must be an address that starts with http:// or https://, but is "ftp://x".',
    ],
    [
      'GANGWAY_DOWNLOADS',
      'temporal,postgres',
      'must be temporal or mongod, or both separated by commas, but is "temporal,postgres".',
    ],
    ['GANGWAY_MAIL_FROM', 'nobody', 'must be a mail address, but is "nobody".'],
    ['GANGWAY_METRICS_ADDRESS', '9464', 'must be address:port, e.g. 127.0.0.1:9464, but is "9464".'],
    ['GANGWAY_DRAIN_SECONDS', '61', 'must be a whole number from 0 to 60, but is "61".'],
    ...['directory', 'branch,branch', 'Branch', 'a/b'].map((value) => [
      'GANGWAY_TARGETS',
      value,
      `must be up to 20 names of small letters, digits and dashes, separated by commas, each once and none of them "directory", but is "${value}".`,
    ]),
  ])('%s=%s is named in one sentence', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ message: `${name} ${sentence}`, code: 'BAD_VARIABLE' }),
    );
  });

  test.each([
    [
      'MONGODB_URI',
      'postgres://user:canary@host',
      'must be an address that starts with mongodb:// or mongodb+srv://.',
    ],
    ['GANGWAY_SMTP_URL', 'canary', 'must be an address that starts with smtp:// or smtps://.'],
    [
      'GANGWAY_METRICS_TOKEN',
      'canary',
      'must be 16 to 200 printable characters without spaces (openssl rand -hex 24 makes some).',
    ],
    ['GANGWAY_SECRET_KEY', 'canary', 'must be 32 bytes in base64 (openssl rand -base64 32 makes one).'],
  ])('%s is named without its value', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ message: `${name} ${sentence}` }),
    );
  });

  test('for mail needs a sender when there is a mail server', () => {
    expect(() => readConfig({ GANGWAY_SMTP_URL: 'smtp://mail:25' })).toThrow(
      'GANGWAY_MAIL_FROM must be set when GANGWAY_SMTP_URL is.',
    );
  });

  test('names further directories, or none', () => {
    expect(readConfig({}).targets).toEqual([]);
    expect(readConfig({ GANGWAY_TARGETS: 'branch, archive-2' }).targets).toEqual(['branch', 'archive-2']);
  });

  test('for the database may name several hosts', () => {
    const uri = 'mongodb://user:p%40ss@one:27017,two:27017/gangway?replicaSet=a';
    expect(requireMongodbUri(readConfig({ MONGODB_URI: uri }))).toBe(uri);
  });
});

describe('a secret', () => {
  test('is read from the file that …_FILE names, without its line end', () => {
    const config = readConfig({ GANGWAY_SECRET_KEY_FILE: file('key', `${KEY}\n`) });
    expect(Buffer.from(requireSecretKey(config))).toEqual(Buffer.alloc(32, 7));
  });

  test('is refused when it is given twice, and when its file is empty or missing', () => {
    const given = file('given', KEY);
    expect(() => readConfig({ GANGWAY_SECRET_KEY: KEY, GANGWAY_SECRET_KEY_FILE: given })).toThrow(
      'GANGWAY_SECRET_KEY_FILE and GANGWAY_SECRET_KEY are both set: keep one of them.',
    );
    expect(() => readConfig({ MONGODB_URI_FILE: file('empty', '\n') })).toThrow(
      /^MONGODB_URI_FILE names an empty file/,
    );
    expect(() => readConfig({ MONGODB_URI_FILE: join(folder, 'none') })).toThrow(
      /^MONGODB_URI_FILE names a file that cannot be read \(.*ENOENT\): name one that exists/,
    );
  });
});

test.each([
  ['mongodb://user:secret@one:1,two:2/gangway?authSource=admin', 'mongodb://one:1,two:2/gangway'],
  ['smtp://mail:25', 'smtp://mail:25'],
  ['smtps://user:p@ss@mail', 'smtps://mail'],
])('%s is shown without credentials', (address, shown) => {
  expect(withoutCredentials(address)).toBe(shown);
});
