import { createHash, timingSafeEqual } from 'node:crypto';
import { Binary } from 'bson';
import { checkOptions, isAnything, isText } from '../commands/options.ts';
import { StoreError } from '../store-error.ts';
import type { Doc } from '../values/bson-values.ts';

/**
 * SASL PLAIN with the secret of this installation. The bytes never leave this machine: the server listens on loopback
 * only. Both sides are hashed before they are compared, so the time taken tells nothing about the secret.
 */
export const STORE_USER = 'gangway';

export function authenticate(body: Doc, secret: string): Doc {
  checkOptions('saslStart', body, {
    mechanism: isText,
    payload: isAnything,
    autoAuthorize: isAnything,
    options: isAnything,
  });
  if (body['mechanism'] !== 'PLAIN') {
    throw new StoreError('MechanismUnavailable', 'this store authenticates with authMechanism=PLAIN only');
  }
  const payload = body['payload'];
  const text =
    payload instanceof Binary ? Buffer.from(payload.buffer).toString('utf8', 0, payload.position) : '';
  const [, user, password] = text.split('\0');
  const accepted = user === STORE_USER && password !== undefined && sameSecret(password, secret);
  if (!accepted) throw new StoreError('AuthenticationFailed', 'Authentication failed.');
  return { conversationId: 1, done: true, payload: new Binary(Buffer.alloc(0)), ok: 1 };
}

function sameSecret(given: string, secret: string): boolean {
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
