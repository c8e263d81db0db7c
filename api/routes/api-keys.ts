import { makesKeys } from '../../shared/domain/makes-keys.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiKey } from '../../shared/platform/persistence/api-key-repository.ts';
import { everyApiKey, isUsableKey } from '../../shared/platform/persistence/every-api-key.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { utc } from '../http/instants.ts';
import { answerPage, fillPage, type Range } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { beyond, isScope } from '../http/scopes.ts';
import { keyCreation, keyFilter } from '../keys/api-key-fields.ts';
import { newApiKey } from '../keys/new-api-key.ts';
import { assertMay } from '../people/assert-may.ts';
import { factsOfOne } from '../people/person-facts.ts';
import { apiKeyOperations } from './api-key-operations.ts';

/**
 * Keys of the API. The text of a key is shown once, when it is made; only a hash of it is kept. A key is made and revoked and
 * never changed in between, so it has no revision.
 */
export function apiKeyRoutes(context: ApiContext): readonly Route[] {
  return routesOf(apiKeyOperations, {
    createApiKey: (call) => create(context, call),
    listApiKeys: (call) => list(context, call),
    revokeApiKey: (call) => revoke(context, call),
  });
}

function viewOf(key: ApiKey) {
  return {
    id: key.id,
    prefix: key.prefix,
    scopes: key.scopes,
    owner: { id: key.ownerId, name: key.ownerName },
    ...(key.personId === undefined ? {} : { personId: key.personId }),
    createdAt: utc(key.createdAtMs),
    ...(key.expiresAtMs === undefined ? {} : { expiresAt: utc(key.expiresAtMs) }),
    ...(key.lastUsedAtMs === undefined ? {} : { lastUsedAt: utc(key.lastUsedAtMs) }),
    ...(key.revokedAtMs === undefined ? {} : { revokedAt: utc(key.revokedAtMs) }),
  };
}

async function create(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(keyCreation, call.body);
  const { orgId, ownerId: actorId, key: own } = call.actor;
  const unknown = wanted.scopes.findIndex((scope) => !isScope(scope));
  if (unknown !== -1) throw new Problem('SCOPE_UNKNOWN', { field: `/scopes/${unknown}` });
  const exceeding = beyond(own.scopes, wanted.scopes);
  if (exceeding.length > 0)
    throw new Problem('SCOPE_EXCEEDED', { field: '/scopes', members: { scopes: exceeding } });
  const nowMs = context.now();
  const expiresAtMs = wanted.expiresAt === undefined ? undefined : Date.parse(wanted.expiresAt);
  if (expiresAtMs !== undefined && expiresAtMs <= nowMs)
    throw new Problem('EXPIRY_PAST', { field: '/expiresAt' });

  const ownerId = await ownerOf(context, call, wanted);

  const options = { required: false, subjectId: newId('key'), withoutSecrets: withoutText };
  return idempotently(context, call, options, async ({ updateId }) => {
    const { key, text } = newApiKey({
      orgId,
      ownerId,
      ...(wanted.personId === undefined ? {} : { personId: wanted.personId }),
      ownerName: wanted.ownerName,
      scopes: wanted.scopes,
      createdAtMs: nowMs,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
    await context.repositories.apiKeys.insert(key);
    const detail = { keyId: key.id, ownerId: key.ownerId, scopes: key.scopes };
    const id = auditId(orgId, 'apiKey.created', updateId);
    await context.repositories.audit.append({
      id,
      orgId,
      actorId,
      action: 'apiKey.created',
      atMs: nowMs,
      detail,
    });
    return {
      status: 201,
      headers: { Location: `/v1/api-keys/${key.id}` },
      body: { ...viewOf(key), key: text },
    };
  });
}

/** One owner for each person, and one person for each owner: else somebody could approve what they asked for themselves. */
async function ownerOf(
  context: ApiContext,
  call: Call,
  { ownerId, personId }: { readonly ownerId?: string | undefined; readonly personId?: string | undefined },
): Promise<string> {
  if (personId === undefined) return ownerId ?? newId('own');
  const { orgId } = call.actor;
  const person = await context.repositories.people.get(orgId, personId);
  if (person === undefined) throw new Problem('PERSON_UNKNOWN', { field: '/personId' });
  assertMay(call, 'createApiKey', await factsOfOne(context, person), { field: '/personId' });
  const keys = await everyApiKey(context.repositories.apiKeys, orgId);
  const known = keys.find((key) => key.personId === personId)?.ownerId;
  const isOfAnother = keys.some(
    (key) => key.ownerId === ownerId && key.personId !== undefined && key.personId !== personId,
  );
  if (isOfAnother || (known !== undefined && ownerId !== undefined && ownerId !== known))
    throw new Problem('OWNER_IS_ANOTHER', { field: '/ownerId' });
  return ownerId ?? known ?? newId('own');
}

function withoutText(answer: Answer): Answer {
  const { key: _text, ...body } = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body };
}

/** Whether a key still opens something depends on the instant: looked at in what the index gives. */
async function list(context: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, active, ...equal } = parse(keyFilter, call.query, 'query');
  const nowMs = context.now();
  const owner = Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== undefined));
  const read = (range: Range) => context.repositories.apiKeys.list(call.actor.orgId, { ...range, ...owner });
  const keyOf = (key: ApiKey): string => key.id;
  const isWanted = (key: ApiKey): boolean =>
    active === undefined || isUsableKey(key, nowMs) === (active === 'true');
  return answerPage(
    call,
    { limit, after },
    {
      name: 'api-keys',
      key: /^key_\w{1,40}$/u,
      read: (range) => fillPage(range, read, keyOf, isWanted),
      keyOf,
      show: (keys) => keys.map(viewOf),
    },
  );
}

async function revoke(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId, ownerId: actorId } = call.actor;
  const id = paramOf(call, 'id');
  await assertAnotherAdministrationKey(context, orgId, id);
  const atMs = context.now();
  const revoked = await context.repositories.apiKeys.revoke(orgId, id, atMs);
  if (revoked === undefined) throw new Problem('KEY_NOT_FOUND');
  const entry = { orgId, actorId, action: 'apiKey.revoked', atMs, detail: { keyId: id } };
  await context.repositories.audit.append({ ...entry, id: auditId(orgId, 'apiKey.revoked', id) });
  return { status: 204 };
}

/** Nobody locks the organisation out of its own keys. */
async function assertAnotherAdministrationKey(context: ApiContext, orgId: string, id: string): Promise<void> {
  const nowMs = context.now();
  const keys = await everyApiKey(context.repositories.apiKeys, orgId);
  if (!keys.some((key) => key.id !== id && isUsableKey(key, nowMs) && makesKeys(key.scopes)))
    throw new Problem('LAST_ADMINISTRATION_KEY');
}
