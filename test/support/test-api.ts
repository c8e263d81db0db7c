import { createApp } from '../../api/create-app.ts';
import { ALL_SCOPES } from '../../api/http/scopes.ts';
import { newApiKey } from '../../api/keys/new-api-key.ts';
import { listen } from '../../api/listen.ts';
import { createDirectory } from '../../directory/create-directory.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { createLogger } from '../../shared/platform/logging.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { createFakeCaseEngine, type FakeCaseEngine } from './fake-case-engine.ts';
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
  readonly repositories: TestRepositories;
  readonly directory: Directory;
  readonly logs: readonly string[];
  readonly clock: { nowMs: number };
  /** Another key of the same organisation, of an owner of its own. */
  keyWith(scopes: readonly string[], more?: { readonly expiresAtMs?: number }): Promise<string>;
  request(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Reply>;
  close(): Promise<void>;
}

export const NOW_MS = Date.UTC(2027, 0, 11, 9, 0);

/** The app over HTTP on a free port, against the store of this run, with a fake engine and an organisation of its own. */
export async function startTestApi(
  options: { readonly requestsPerMinute?: number; readonly organisation?: Partial<Organisation> } = {},
): Promise<TestApi> {
  const repositories = await openTestRepositories();
  const clock = { nowMs: NOW_MS };
  const now = () => clock.nowMs;
  const directory = createDirectory({
    connection: repositories.database.connection,
    clock: { now },
    sendMail: () => Promise.resolve(),
  });
  await directory.prepare();
  const engine = createFakeCaseEngine(repositories, now);
  const logs: string[] = [];
  const logger = createLogger('api', 'trace', { write: (line: string) => void logs.push(line) });
  const app = createApp({
    ...{ repositories, directory, engine, calendar: localCalendar, logger, now },
    pingStore: () => repositories.database.ping(),
    requestsPerMinute: options.requestsPerMinute ?? 100_000,
  });
  const { server, port } = await listen(app, 0);
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId, options.organisation));

  const makeKey = async (scopes: readonly string[], more: { readonly expiresAtMs?: number } = {}) => {
    const ownerId = newId('own');
    const made = newApiKey({ orgId, ownerId, ownerName: 'Tester', scopes, createdAtMs: now(), ...more });
    await repositories.apiKeys.insert(made.key);
    return { text: made.text, ownerId };
  };
  const all = await makeKey(ALL_SCOPES);

  return {
    ...{ orgId, engine, repositories, directory, logs, clock },
    key: all.text,
    ownerId: all.ownerId,
    keyWith: async (scopes, more) => (await makeKey(scopes, more)).text,
    async request(method, path, body, { key = all.text, idempotencyKey, headers, raw } = {}) {
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
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
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await repositories.close();
    },
  };
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
