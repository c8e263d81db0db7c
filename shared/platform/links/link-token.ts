import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{43}$/u;

/** 256 bit, base64url: what a link holds, given away once. */
export function newLinkToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function isLinkToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The address of a page behind a link, e.g. `https://gangway.example.com/setup/<token>`. */
export function linkAddress(publicUrl: string, page: 'setup' | 'confirm' | 'review', token: string): string {
  return `${publicUrl.replace(/\/+$/u, '')}/${page}/${token}`;
}
