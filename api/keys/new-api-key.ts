import { randomBytes, randomInt } from 'node:crypto';
import type { ApiKey } from '../../shared/platform/persistence/api-key-repository.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { hashOfKey } from '../http/auth.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const PREFIX_LENGTH = 8;
const SECRET_BYTES = 32;

/** A new key: what is stored, and the text, which is given away once and kept nowhere. */
export function newApiKey(
  fields: Omit<ApiKey, 'id' | 'hash' | 'prefix' | 'lastUsedAtMs' | 'revokedAtMs'>,
  id = newId('key'),
): { readonly key: ApiKey; readonly text: string } {
  const letters = Array.from({ length: PREFIX_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  const prefix = `gw_${letters.join('')}`;
  const text = `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key: { ...fields, id, prefix, hash: hashOfKey(text) }, text };
}
