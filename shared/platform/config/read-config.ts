import { join } from 'node:path';
import type { z } from 'zod';
import { StartError } from '../../errors/start/start-error.ts';
import type { Config } from './config.ts';
import { configSchema, SECRET_VARIABLES } from './config-schema.ts';
import type { Variables } from './config-schema.ts';
import { readSecret, readVariable } from './read-secret.ts';
import type { Environment } from './read-secret.ts';

const FALLBACK_SENDER = 'Gangway <gangway@localhost>';

/**
 * Reads the whole configuration from `env` once; nothing else in the code looks at environment variables.
 * The result is frozen. Throws a StartError that names the first variable which cannot be used.
 */
export function readConfig(env: Environment): Config {
  const texts = collect(env);
  const parsed = configSchema.safeParse(texts);
  if (!parsed.success) throw toStartError(parsed.error, texts);
  const variables = parsed.data;
  if (variables.GANGWAY_SMTP_URL !== undefined && variables.GANGWAY_MAIL_FROM === undefined) {
    throw StartError.of('VARIABLE_MISSING', {
      variable: 'GANGWAY_MAIL_FROM',
      when: 'when GANGWAY_SMTP_URL is',
    });
  }
  return nest(variables);
}

function isSecret(name: string): boolean {
  return SECRET_VARIABLES.some((secret) => secret === name);
}

function collect(env: Environment): Record<string, string> {
  const names = Object.keys(configSchema.shape);
  const values = names.map(
    (name) => [name, isSecret(name) ? readSecret(env, name) : readVariable(env, name)] as const,
  );
  return Object.fromEntries(
    values.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
}

function toStartError(error: z.ZodError, texts: Record<string, string>): StartError {
  const issue = error.issues[0];
  const variable = String(issue?.path[0] ?? 'The environment');
  const given = isSecret(variable) ? '' : `, but is "${texts[variable] ?? ''}"`;
  return StartError.of('BAD_VARIABLE', {
    variable,
    expectation: `${issue?.message ?? 'cannot be read'}${given}`,
  });
}

function nest(variables: Variables): Config {
  const dataFolder = variables.GANGWAY_DATA;
  return Object.freeze({
    dataFolder,
    cacheFolder: variables.GANGWAY_CACHE,
    logLevel: variables.GANGWAY_LOG_LEVEL,
    secretKey: variables.GANGWAY_SECRET_KEY,
    api: Object.freeze({
      port: variables.GANGWAY_API_PORT,
      host: variables.GANGWAY_API_HOST,
      proxies: variables.GANGWAY_API_PROXIES,
      publicUrl: variables.GANGWAY_PUBLIC_URL ?? `http://127.0.0.1:${variables.GANGWAY_API_PORT}`,
      drainMs: variables.GANGWAY_DRAIN_SECONDS * 1000,
    }),
    metrics: Object.freeze({
      token: variables.GANGWAY_METRICS_TOKEN,
      workerAddress: variables.GANGWAY_METRICS_ADDRESS,
      temporalAddress: variables.GANGWAY_TEMPORAL_METRICS_ADDRESS,
    }),
    temporal: Object.freeze({
      externalAddress: variables.TEMPORAL_ADDRESS,
      namespace: variables.TEMPORAL_NAMESPACE,
      port: variables.GANGWAY_TEMPORAL_PORT,
      uiPort: variables.GANGWAY_TEMPORAL_UI_PORT,
    }),
    store: Object.freeze({ externalUri: variables.MONGODB_URI, port: variables.GANGWAY_STORE_PORT }),
    mail: Object.freeze({
      smtpUrl: variables.GANGWAY_SMTP_URL,
      from: variables.GANGWAY_MAIL_FROM ?? FALLBACK_SENDER,
      outboxFolder: join(dataFolder, 'outbox'),
    }),
    worker: Object.freeze({ maxCachedWorkflows: variables.GANGWAY_MAX_CACHED_WORKFLOWS }),
    downloads: Object.freeze(variables.GANGWAY_DOWNLOADS),
    targets: Object.freeze(variables.GANGWAY_TARGETS),
  });
}
