import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FIRST_TARGET } from '../../domain/person.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Their values are never repeated in an error, and each also accepts `<name>_FILE`. */
export const SECRET_VARIABLES = [
  'MONGODB_URI',
  'GANGWAY_SMTP_URL',
  'GANGWAY_SECRET_KEY',
  'GANGWAY_METRICS_TOKEN',
] as const;

const SECRET_KEY_BYTES = 32;

const integer = (from: number, to: number, what: string) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: `must be ${what} from ${from} to ${to}`,
    })
    .transform(Number);

const port = (byDefault: number) => integer(1, 65_535, 'a port number').default(byDefault);

const path = z.string().transform((text) => resolve(text));

const folder = (byDefault: () => string) => z.string().default(byDefault).pipe(path);

const url = (schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (text) =>
        schemes.some(
          (scheme) => text.startsWith(`${scheme}://`) && URL.canParse(text.replace(/,[^/?]*/, '')),
        ),
      {
        error: `must be an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
      },
    );

const secretKey = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/]+=*$/.test(text) && Buffer.from(text, 'base64').length === SECRET_KEY_BYTES,
    {
      error: `must be ${SECRET_KEY_BYTES} bytes in base64 (openssl rand -base64 ${SECRET_KEY_BYTES} makes one)`,
    },
  )
  .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')));

const metricsToken = z.string().regex(/^[\x21-\x7e]{16,200}$/, {
  error: 'must be 16 to 200 printable characters without spaces (openssl rand -hex 24 makes some)',
});

const listenAddress = z.string().regex(/^(?:\[[0-9a-fA-F:]+\]|[^\s/@:[\]]+):\d{1,5}$/, {
  error: 'must be address:port, e.g. 127.0.0.1:9464',
});

const MAX_TARGETS = 20;

const names = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((name) => name.trim()))
  .transform((list) => list.filter((name) => name !== ''));

const targets = names.refine(
  (list) =>
    list.length <= MAX_TARGETS &&
    new Set(list).size === list.length &&
    list.every((name) => /^[a-z][a-z0-9-]{0,39}$/.test(name) && name !== FIRST_TARGET),
  {
    error: `must be up to ${MAX_TARGETS} names of small letters, digits and dashes, separated by commas, each once and none of them "${FIRST_TARGET}"`,
  },
);

export const DOWNLOADABLE = ['temporal', 'mongod'] as const;
export type Downloadable = (typeof DOWNLOADABLE)[number];

const downloads = names.refine(
  (wanted): wanted is Downloadable[] => wanted.every((name) => DOWNLOADABLE.some((known) => known === name)),
  { error: `must be ${DOWNLOADABLE.join(' or ')}, or both separated by commas` },
);

/** One entry per variable: how its text is checked, and its default where it has one. No secret has a default. */
export const configSchema = z.object({
  GANGWAY_DATA: folder(() => '.gangway'),
  GANGWAY_CACHE: folder(() => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'gangway')),
  GANGWAY_API_PORT: port(8080),
  GANGWAY_API_HOST: z
    .string()
    .refine((text) => isIP(text) !== 0, { error: 'must be an IP address' })
    .default('127.0.0.1'),
  GANGWAY_API_PROXIES: integer(0, 9, 'a whole number').default(0),
  GANGWAY_PUBLIC_URL: url(['http', 'https']).optional(),
  GANGWAY_DRAIN_SECONDS: integer(0, 60, 'a whole number').default(0),
  GANGWAY_METRICS_TOKEN: metricsToken.optional(),
  GANGWAY_METRICS_ADDRESS: listenAddress.optional(),
  GANGWAY_TEMPORAL_METRICS_ADDRESS: listenAddress.optional(),
  GANGWAY_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^\s/@:]+)(:\d{1,5})?$/, { error: 'must be host:port without a scheme' })
    .optional(),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
      error: 'must be a name of letters, digits, dots, dashes and underscores',
    })
    .default('default'),
  GANGWAY_TEMPORAL_PORT: port(7233),
  GANGWAY_TEMPORAL_UI_PORT: port(8233),
  GANGWAY_MAX_CACHED_WORKFLOWS: integer(1, 100_000, 'a whole number').transform(Number).default(200),
  MONGODB_URI: url(['mongodb', 'mongodb+srv']).optional(),
  GANGWAY_STORE_PORT: port(27_027),
  GANGWAY_SMTP_URL: url(['smtp', 'smtps']).optional(),
  GANGWAY_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, { error: 'must be a mail address' })
    .optional(),
  GANGWAY_SECRET_KEY: secretKey.optional(),
  GANGWAY_TARGETS: targets,
  GANGWAY_DOWNLOADS: downloads,
});

export type Variables = z.output<typeof configSchema>;
