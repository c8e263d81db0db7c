import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDirectory } from '../../directory/create-directory.ts';
import type { Directory } from '../../directory/directory.ts';
import type { DirectoryEffect } from '../../directory/store/directory-store.ts';
import { connectDatabase } from '../../shared/platform/persistence/connect.ts';
import { documentedFetch } from './documented.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** What a caller of the API does: one key, nothing but HTTP. */
export interface Caller {
  (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A command has a key of its own, so that it may be sent again. */
export const once = (): Readonly<Record<string, string>> => ({ 'Idempotency-Key': randomUUID() });

export function caller(baseUrl: string, key: string): Caller {
  return async (method, path, body, headers = {}) => {
    const response = await documentedFetch(`${baseUrl}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Json),
    };
  };
}

/** Sends until there is an answer that is none of an outage; the same idempotency key makes it one request. */
export async function insist(
  call: Caller,
  ...[method, path, body, headers = once()]: Parameters<Caller>
): Promise<Answer> {
  const giveUpAt = performance.now() + 60_000;
  for (;;) {
    const answer = await call(method, path, body, headers).catch(() => undefined);
    if (answer !== undefined && answer.status < 500 && answer.status !== 429) return answer;
    if (performance.now() > giveUpAt) throw new Error(`${method} ${path} was not answered within a minute`);
    await sleep(200);
  }
}

export interface Employee {
  readonly id: string;
  readonly accountId: string;
  readonly address: string;
  readonly password: string;
}

/** With a password that is known: the one in `fields`, else one that is made. */
export async function hire(call: Caller, fields: Json): Promise<Employee> {
  const credentials = fields['password'] === undefined ? { credentials: { kind: 'manual' } } : {};
  const { status, body } = await call('POST', '/v1/people', { ...credentials, ...fields });
  if (status !== 201) throw new Error(`no person was made: ${JSON.stringify(body)}`);
  const id = String(body['id']);
  return {
    id,
    accountId: id.replace(/^per_/u, 'acc_'),
    address: String(fields['address']),
    password: String(body['generatedPassword'] ?? fields['password']),
  };
}

/** Beyond it only the share of the people counts. */
const LARGEST_FLOOR = 1_000;

/** Lets this many accounts be taken away in a day: asked for by one person, confirmed by another. */
export async function raiseGuard(call: Caller, baseUrl: string, accounts: number): Promise<void> {
  const largest = {
    floor: Math.min(accounts, LARGEST_FLOOR),
    sharePercent: accounts > LARGEST_FLOOR ? 100 : 20,
  };
  const wanted = { guardLimits: { ...largest, ceiling: Math.max(accounts, 10) } };
  const first = await call('PATCH', '/v1/organisation', wanted);
  if (first.status === 200) return;
  const key = { ownerName: 'A second person', scopes: ['organisation:*'] };
  const second = caller(baseUrl, String((await call('POST', '/v1/api-keys', key)).body['key']));
  const { status, body } = await second('PATCH', '/v1/organisation', wanted);
  if (first.status !== 202 || status !== 200) throw new Error(`not raised: ${JSON.stringify(body)}`);
}

/** Signs in, on the web unless said otherwise; a session token where it was let in, else a status and a code. */
export async function signIn(call: Caller, address: string, secret: string, protocol = 'web'): Promise<Json> {
  return resultOf(await call('POST', '/v1/directory/sign-in', { address, secret, protocol }));
}

export async function sessionResult(call: Caller, token: string): Promise<Json> {
  return resultOf(await call('GET', '/v1/directory/session', undefined, { 'X-Session-Token': token }));
}

function resultOf({ status, body }: Answer): Json {
  return status === 200 ? body : { status, code: body['code'] };
}

export async function addAppPassword(call: Caller, personId: string): Promise<string> {
  const { body } = await call('POST', `/v1/directory/accounts/${personId}/app-passwords`, { label: 'phone' });
  return String(body['appPassword']);
}

export interface StepOfView {
  readonly key: string;
  readonly kind: string;
  readonly status: string;
  readonly dueAt?: { readonly utc: string };
  readonly error?: { readonly code: string };
  readonly rounds: readonly {
    readonly proof?: Json;
    readonly attempts: readonly unknown[];
    readonly recordedAt: string;
  }[];
}

export interface DepartureView {
  readonly id: string;
  readonly personId: string;
  readonly state: string;
  readonly needsAttention: boolean;
  readonly engine: string;
  readonly dueAt?: { readonly utc: string };
  readonly steps: readonly StepOfView[];
}

export async function departure(call: Caller, id: string): Promise<DepartureView> {
  const { body } = await insist(call, 'GET', `/v1/departures/${id}`, undefined, {});
  return body as unknown as DepartureView;
}

/** The steps that are due by now. */
export function dueSteps(view: DepartureView): readonly StepOfView[] {
  return view.steps.filter((step) => step.dueAt !== undefined && Date.parse(step.dueAt.utc) <= Date.now());
}

/** Waits until every one of these cases has nothing left to do for the next hour, and gives them. */
export async function nextWaits(
  call: Caller,
  ids: readonly string[],
  withinMs: number,
): Promise<readonly DepartureView[]> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const open = await unsettled(call, ids);
    if (open?.length === 0) return Promise.all(ids.map((id) => departure(call, id)));
    if (performance.now() > giveUpAt) throw new Error(`still at work after ${withinMs} ms: ${String(open)}`);
    await sleep(500);
  }
}

/** Those that still have something to do within the hour; `undefined` while nobody answers. */
export async function unsettled(
  call: Caller,
  ids: readonly string[],
): Promise<readonly string[] | undefined> {
  const answer = await call('GET', '/v1/departures?limit=200').catch(() => undefined);
  if (answer?.status !== 200) return undefined;
  const listed = new Map((answer.body['items'] as readonly DepartureView[]).map((one) => [one.id, one]));
  const soonMs = Date.now() + 3_600_000;
  return ids.filter((id) => {
    const one = listed.get(id);
    return one?.engine !== 'started' || one.dueAt === undefined || Date.parse(one.dueAt.utc) <= soonMs;
  });
}

/** Looks into the directory's database, behind everybody's back. */
export async function withDirectory<T>(uri: string, look: (directory: Directory) => Promise<T>): Promise<T> {
  const database = await connectDatabase(uri, { appName: 'test' });
  try {
    const sendMail = (): Promise<void> => Promise.reject(new Error('no mail leaves from here'));
    return await look(
      createDirectory({ connection: database.connection, clock: { now: () => Date.now() }, sendMail }),
    );
  } finally {
    await database.close();
  }
}

/** The operations really applied to each account, in the order they were applied. */
export function operationsByAccount(
  effects: readonly DirectoryEffect[],
): ReadonlyMap<string, readonly string[]> {
  const sorted = [...effects].sort((a, b) => a.seq - b.seq);
  return new Map(
    [...new Set(sorted.map((effect) => effect.accountId))].map((accountId) => [
      accountId,
      sorted.filter((effect) => effect.accountId === accountId).map((effect) => effect.operation),
    ]),
  );
}
