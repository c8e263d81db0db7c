import type { Organisation } from '../organisation.ts';

/** Who a password is for. */
export interface PasswordOwner {
  readonly firstName: string;
  readonly lastName: string;
  /** Absent: it is not made yet. */
  readonly address?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
}

/** Shorter pieces of a name are in every sentence. */
const SHORTEST_WORD = 3;

/** What somebody who knows the person would try: the names, the addresses, the organisation and its domains, and our own name. */
export function knownWords(
  { firstName, lastName, address, aliases = [] }: PasswordOwner,
  { name, domains }: Pick<Organisation, 'name' | 'domains'>,
): readonly string[] {
  const addresses = address === undefined ? aliases : [address, ...aliases];
  const localParts = addresses.map((one) => one.slice(0, one.lastIndexOf('@')));
  const texts = [firstName, lastName, ...localParts, name, ...domains.map(withoutTopLevel), 'gangway'];
  const pieces = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{M}\p{N}]+/u)]);
  return [...new Set(pieces)].filter((piece) => Array.from(piece).length >= SHORTEST_WORD);
}

function withoutTopLevel(domain: string): string {
  return domain.slice(0, domain.lastIndexOf('.'));
}
