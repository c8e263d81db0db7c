import { hash } from '@node-rs/argon2';
import { normalPassword } from '../../domain/password/password-policy.ts';

/** Argon2id with the library's cost (19 MiB, two passes): the one form in which a password is kept. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalPassword(password));
}
