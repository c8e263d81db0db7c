import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's cost (19 MiB, two passes). */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

let decoy: Promise<string> | undefined;

/** Takes as long as checking a real password: an unknown address must not answer quicker than a wrong password. */
export async function verifyNothing(password: string): Promise<void> {
  decoy ??= hashPassword(randomToken());
  await verifyPassword(await decoy, password);
}

/** 256 bit, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** For secrets we made at random: they need no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
