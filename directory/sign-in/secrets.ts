import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { normalPassword } from '../../shared/domain/password/password-policy.ts';
import { hashPassword as makeHash } from '../../shared/platform/passwords/hash-password.ts';

/** The hash, which is known to be right for the next seconds. */
export async function hashPassword(password: string): Promise<string> {
  const made = await makeHash(password);
  remember(knownAs(made, normalPassword(password)), Promise.resolve(true));
  return made;
}

/** How long a right password is known, and of how many accounts. */
const KNOWN_MS = 10_000;
const MOST_KNOWN = 1_000;

const processKey = randomBytes(32);
const known = new Map<string, { readonly isRight: Promise<boolean>; readonly untilMs: number }>();

/**
 * A right password is known for some seconds, as mail servers keep it: a client signs in on several protocols at once, and
 * each slow hash takes a core. Known is a keyed hash of the stored hash and the password, so another password is never taken
 * for it; a wrong one costs whoever guesses the whole time again. Whether the account is open is not known here.
 */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  const normal = normalPassword(password);
  const isRight = verifyForm(passwordHash, normal);
  if (normal === password) return isRight;
  // The hash may be one of before passwords were normalised.
  return isRight.then((right) => right || verifyForm(passwordHash, password));
}

function verifyForm(passwordHash: string, password: string): Promise<boolean> {
  const key = knownAs(passwordHash, password);
  const found = known.get(key);
  if (found !== undefined && found.untilMs > performance.now()) return found.isRight;
  const isRight = verify(passwordHash, password);
  remember(key, isRight);
  const forget = (): void => void known.delete(key);
  isRight.then((right) => right || forget(), forget);
  return isRight;
}

function knownAs(passwordHash: string, password: string): string {
  return createHmac('sha256', processKey).update(`${passwordHash}\0${password}`).digest('base64');
}

function remember(key: string, isRight: Promise<boolean>): void {
  known.delete(key);
  known.set(key, { isRight, untilMs: performance.now() + KNOWN_MS });
  for (const oldest of known.keys()) {
    if (known.size <= MOST_KNOWN) break;
    known.delete(oldest);
  }
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
