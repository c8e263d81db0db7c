import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { createArchiveReader } from '../../shared/platform/archive/archive-reader.ts';
import {
  handoverCapabilitiesOf,
  type HandoverCapabilities,
} from '../../shared/domain/target-capabilities.ts';
import type { ApiContext, StreamNumbers } from '../../api/api-context.ts';
import { createApp } from '../../api/create-app.ts';
import { ALL_SCOPES } from '../../api/http/scopes.ts';
import { newApiKey } from '../../api/keys/new-api-key.ts';
import { createApiMetrics } from '../../api/metrics/api-metrics.ts';
import { listen } from '../../api/listen.ts';
import { openDirectories } from '../../api/open-directories.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Notifier } from '../../shared/platform/mail/mail.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { createLogger } from '../../shared/platform/logging.ts';
import { transliteration } from '../../shared/platform/transliteration.ts';
import type { CaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { UPLOADS_FOLDER } from '../../shared/platform/imports/uploads.ts';
import { writePiecesDurably } from '../../shared/platform/files/durable-file.ts';
import { documentedFetch } from './documented.ts';
import { createFakeCaseEngine, type FakeCaseEngine } from './fake-case-engine.ts';
import { createFakeImportEngine, type FakeImportEngine } from './fake-import-engine.ts';
import { createFakeReviewEngine, type FakeReviewEngine } from './fake-review-engine.ts';
import { freshDatabaseUri } from './fresh-database.ts';
import { createMailroom, type Mailroom } from './memory-ports.ts';
import {
  anOrganisation,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from './test-repositories.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The members of the body; empty where there was none. */
  readonly body: Json;
}

interface RequestOptions {
  /** The text of an API key; absent: one with every scope. `''`: none. */
  readonly key?: string;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly raw?: string;
}

export interface TestApi {
  readonly orgId: string;
  /** Has every scope. */
  readonly key: string;
  readonly ownerId: string;
  readonly engine: FakeCaseEngine;
  readonly imports: FakeImportEngine;
  readonly reviews: FakeReviewEngine;
  readonly repositories: TestRepositories;
  readonly directory: Directory;
  /** `directory` and `branch`. */
  readonly directories: Readonly<Record<string, Directory>>;
  readonly logs: readonly string[];
  readonly archiveFolder: string;
  /** Where it serves, without a slash at the end. */
  readonly url: string;
  readonly clock: { nowMs: number };
  /** What the API mailed. */
  readonly mailroom: Mailroom;
  /** For what it does beside its requests. */
  readonly context: ApiContext;
  /** What the server does first when it is told to end. */
  drain(): void;
  /** The same API as another organisation sees it. */
  anotherOrganisation(organisation?: Partial<Organisation>): Promise<TestApi>;
  /** Another key of the same organisation, of an owner of its own. */
  keyWith(scopes: readonly string[], more?: { readonly expiresAtMs?: number }): Promise<string>;
  request(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Reply>;
  /** A page behind a link, as a browser without a key asks for it. */
  page(
    method: 'GET' | 'POST',
    path: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }>;
  close(): Promise<void>;
}

export const NOW_MS = Date.UTC(2027, 0, 11, 9, 0);

/** The app over HTTP on a free port, against the store of this run, with a fake engine and an organisation of its own. */
export async function startTestApi(
  options: {
    readonly requestsPerMinute?: number;
    readonly pageRequestsPerMinute?: number;
    readonly metricsToken?: string;
    readonly organisation?: Partial<Organisation>;
    readonly capabilities?: Partial<HandoverCapabilities>;
    /** In place of the fake one. Real cases live by the wall clock, and the API with them. */
    readonly realEngine?: CaseEngine;
    readonly streams?: Partial<StreamNumbers>;
    /** In place of the one that keeps mails in memory. */
    readonly notifier?: Notifier;
    /** For what is looked up across organisations. */
    readonly ownDatabase?: boolean;
  } = {},
): Promise<TestApi> {
  const repositories = await openTestRepositories(options.ownDatabase ? freshDatabaseUri() : undefined);
  const clock = { nowMs: NOW_MS };
  const stopping = new AbortController();
  const now = options.realEngine === undefined ? () => clock.nowMs : Date.now;
  const { connection } = repositories.database;
  const sendMail = (): Promise<void> => Promise.resolve();
  const open = () => openDirectories({ connection, clock: { now }, sendMail }, ['branch']);
  const { directory, directories } = await open();
  const { directories: readings } = await open();
  const engine = createFakeCaseEngine(repositories, now);
  const logs: string[] = [];
  const logger = createLogger('api', 'trace', { write: (line: string) => void logs.push(line) });
  const archiveFolder = await mkdtemp(join(tmpdir(), 'gangway-api-archive-'));
  const imports = createFakeImportEngine();
  const reviews = createFakeReviewEngine();
  const mailroom = createMailroom();
  const context: ApiContext = {
    archives: createArchiveReader(archiveFolder),
    imports,
    reviews,
    uploads: { folder: join(archiveFolder, UPLOADS_FOLDER), write: writePiecesDurably },
    ...{
      repositories,
      directory,
      directories,
      readings,
      calendar: localCalendar,
      logger,
      now,
      transliteration,
    },
    engine: options.realEngine ?? engine,
    notifier: options.notifier ?? mailroom,
    handoverCapabilitiesOf: () => ({ ...handoverCapabilitiesOf(), ...options.capabilities }),
    metrics: createApiMetrics(new Registry()),
    metricsToken: options.metricsToken,
    stopping: stopping.signal,
    pingStore: () => repositories.database.ping(),
    requestsPerMinute: options.requestsPerMinute ?? 100_000,
    pageRequestsPerMinute: options.pageRequestsPerMinute ?? 100_000,
    publicUrl: 'https://gangway.test',
    streams: { perKey: 3, lookEveryMs: 20, heartbeatMs: 200, ...options.streams },
  };
  const app = createApp(context);
  const { server, port } = await listen(app, 0);
  const makeKey = async (
    orgId: string,
    scopes: readonly string[],
    expiry: { readonly expiresAtMs?: number } = {},
  ) => {
    const ownerId = newId('own');
    const made = newApiKey({ orgId, ownerId, ownerName: 'Tester', scopes, createdAtMs: now(), ...expiry });
    await repositories.apiKeys.insert(made.key);
    return { text: made.text, ownerId };
  };

  const serving = async (organisation: Partial<Organisation> = {}): Promise<TestApi> => {
    const orgId = organisation.id ?? freshOrgId();
    // Tests of something else ask for as many departures as they like.
    const guardLimits = { floor: 1_000, sharePercent: 20, ceiling: 1_000 };
    await repositories.organisations.insert(anOrganisation(orgId, { guardLimits, ...organisation }));
    const all = await makeKey(orgId, ALL_SCOPES);
    return {
      archiveFolder,
      anotherOrganisation: serving,
      drain: () => stopping.abort(),
      url: `http://127.0.0.1:${port}`,
      ...{
        orgId,
        engine,
        imports,
        reviews,
        repositories,
        directory,
        directories,
        logs,
        clock,
        mailroom,
        context,
      },
      key: all.text,
      ownerId: all.ownerId,
      keyWith: async (scopes, more) => (await makeKey(orgId, scopes, more)).text,
      async request(method, path, body, { key = all.text, idempotencyKey, headers, raw } = {}) {
        const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
        const response = await documentedFetch(`http://127.0.0.1:${port}${path}`, {
          method,
          headers: {
            ...(key === '' ? {} : { Authorization: `Bearer ${key}` }),
            ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
            ...headers,
          },
          ...(sent === undefined ? {} : { body: sent }),
        });
        const text = await response.text();
        const members = text === '' ? {} : (JSON.parse(text) as Json);
        return { status: response.status, headers: response.headers, body: members };
      },
      async page(method, path, fields) {
        const form = fields && {
          body: new URLSearchParams(fields).toString(),
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        };
        const response = await documentedFetch(`http://127.0.0.1:${port}${path}`, { method, ...form });
        return { status: response.status, headers: response.headers, text: await response.text() };
      },
      async close() {
        await new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        });
        await rm(archiveFolder, { recursive: true, force: true });
        await repositories.close();
      },
    };
  };
  return serving(options.organisation);
}

/** A person with an account, made over HTTP. Gives the id. */
export async function createTestPerson(api: TestApi, fields: Json = {}): Promise<string> {
  const suffix = newId('per').slice(-8).toLowerCase();
  const reply = await api.request('POST', '/v1/people', {
    firstName: 'Ada',
    lastName: 'Lovelace',
    address: `p${suffix}@harbour.example`,
    ...fields,
  });
  if (reply.status !== 201) throw new Error(`no person was made: ${JSON.stringify(reply.body)}`);
  return String(reply.body['id']);
}
