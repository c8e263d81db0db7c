import type { Config } from '../shared/platform/config/config.ts';
import { temporalAddress } from '../shared/platform/config/config.ts';
import { withoutCredentials } from '../shared/platform/config/without-credentials.ts';
import type { Database } from './database/prepare-database.ts';
import type { TemporalBinary } from './temporal/obtain-temporal.ts';

/** What runs, where it came from, where it is. */
export type SummaryRow = readonly [what: string, source: string, where: string];

export type TemporalSource = TemporalBinary | { readonly source: 'TEMPORAL_ADDRESS' };

const TEMPORAL_SOURCE_TEXTS: Readonly<Record<TemporalSource['source'], string>> = {
  TEMPORAL_ADDRESS: 'TEMPORAL_ADDRESS',
  path: 'temporal on PATH',
  cache: 'own build, from the cache',
  build: 'own build, made just now',
  download: 'downloaded',
};

export interface SummaryInput {
  readonly config: Config;
  readonly temporal: TemporalSource;
  readonly serverVersion: string;
  readonly database: Database;
  readonly apiPort: number;
}

/** The rows of the start-up table. Holds no credentials. */
export function summarise({
  config,
  temporal,
  serverVersion,
  database,
  apiPort,
}: SummaryInput): readonly SummaryRow[] {
  const { mail, dataFolder } = config;
  const ui = `http://127.0.0.1:${config.temporal.uiPort}`;
  const rows: (SummaryRow | undefined)[] = [
    ['API', 'this package', `http://${shownHost(config.api.host)}:${apiPort}`],
    ['Temporal', `${TEMPORAL_SOURCE_TEXTS[temporal.source]} (${serverVersion})`, temporalAddress(config)],
    temporal.source === 'TEMPORAL_ADDRESS' ? undefined : ['Temporal UI', 'with the server', ui],
    databaseRow(database, config),
    mail.smtpUrl === undefined
      ? ['Mail', 'no GANGWAY_SMTP_URL: kept as files', mail.outboxFolder]
      : ['Mail', 'GANGWAY_SMTP_URL', withoutCredentials(mail.smtpUrl)],
    ['Metrics', 'for Prometheus', `http://127.0.0.1:${apiPort}/metrics`],
    ['Data', 'GANGWAY_DATA', dataFolder],
  ];
  return rows.filter((row): row is SummaryRow => row !== undefined);
}

function shownHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function databaseRow(database: Database, config: Config): SummaryRow {
  const own = `127.0.0.1:${config.store.port}`;
  switch (database.source) {
    case 'MONGODB_URI':
      return ['Database', 'MONGODB_URI', withoutCredentials(database.uri)];
    case 'mongod':
      return ['Database', 'mongod on PATH, no password', own];
    case 'downloaded mongod':
      return ['Database', 'downloaded mongod, no password', own];
    case 'embedded store':
      return ['Database', 'embedded store', own];
  }
}
