/**
 * What is before the @ of addresses that mean a duty and no person. Whoever receives their mail is trusted by strangers: with
 * the first five one proves to a certificate authority that a domain is one's own.
 */
export const RESERVED_NAMES: readonly string[] = [
  // CA/Browser Forum, Baseline Requirements, 3.2.2.4.4.
  ...['admin', 'administrator', 'hostmaster', 'postmaster', 'webmaster'],
  // RFC 2142.
  ...[
    'abuse',
    'ftp',
    'info',
    'marketing',
    'news',
    'noc',
    'sales',
    'security',
    'support',
    'usenet',
    'uucp',
    'www',
  ],
  // Machines that send, and users every machine has.
  ...['daemon', 'donotreply', 'mailerdaemon', 'nobody', 'noreply', 'root', 'sysadmin', 'system'],
];

const RESERVED: ReadonlySet<string> = new Set(RESERVED_NAMES);

/** Compared without dots, hyphens, underscores and a number at the end: nobody reads `no-reply` or `admin2` as a person. */
export function isReserved(localPart: string): boolean {
  return RESERVED.has(localPart.toLowerCase().replace(/[._-]/gu, '').replace(/\d+$/u, ''));
}
