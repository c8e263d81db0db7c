import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { addLogFields } from '../../shared/platform/log-context.ts';
import { isUsableKey } from '../../shared/platform/persistence/every-api-key.ts';
import type { ApiContext } from '../api-context.ts';
import type { Actor } from './call.ts';
import { Problem, type ProblemCode } from './problem.ts';

/** `gw_<prefix>_<256 bit, base64url>` */
const API_KEY = /^gw_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/u;

export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Finds the owner of the key that was sent. Throws `KEY_REQUIRED`, `KEY_INVALID` or `KEY_EXPIRED`. */
export function authenticate(context: ApiContext): RequestHandler {
  return async (request, response, next) => {
    const actor = await actorOf(context, request.header('authorization'));
    response.locals['actor'] = actor;
    addLogFields({ orgId: actor.orgId });
    next();
  };
}

export function actorIn(response: Response): Actor {
  const actor = response.locals['actor'] as Actor | undefined;
  if (actor === undefined) throw new Error('the request was not authenticated');
  return actor;
}

/** Whether a key that opened something would still open it. */
export async function isValidKey(context: ApiContext, hash: string): Promise<boolean> {
  const key = await context.repositories.apiKeys.findByHash(hash);
  return key !== undefined && isUsableKey(key, context.now());
}

async function actorOf(context: ApiContext, authorization: string | undefined): Promise<Actor> {
  if (authorization === undefined) throw refused('KEY_REQUIRED');
  const [scheme, text, ...rest] = authorization.trim().split(/ +/u);
  if (scheme?.toLowerCase() !== 'bearer' || text === undefined || rest.length > 0)
    throw refused('KEY_REQUIRED');
  if (!API_KEY.test(text)) throw refused('KEY_INVALID');
  const { apiKeys } = context.repositories;
  const key = await apiKeys.findByHash(hashOfKey(text));
  if (key === undefined || key.revokedAtMs !== undefined) throw refused('KEY_INVALID');
  const nowMs = context.now();
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs) throw refused('KEY_EXPIRED');
  await apiKeys.touchLastUse(key, nowMs);
  return { orgId: key.orgId, ownerId: key.ownerId, key };
}

function refused(code: ProblemCode): Problem {
  return new Problem(code, { headers: { 'WWW-Authenticate': 'Bearer' } });
}
