export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How the bytes of a text are read, and why we think so. */
export interface FoundEncoding {
  readonly encoding: Encoding;
  /** `mark`: the byte order mark says so. `content`: nothing else fits. `guess`: others fit as well. `told`: somebody said so. */
  readonly by: 'mark' | 'content' | 'guess' | 'told';
  /** The length of the mark. */
  readonly markBytes: number;
}

const MARKS: readonly (readonly [Encoding, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/** What the byte order mark says. */
export function markedEncoding(start: Buffer): FoundEncoding | undefined {
  const found = MARKS.find(([, mark]) => start.subarray(0, mark.length).equals(mark));
  return found === undefined ? undefined : { encoding: found[0], by: 'mark', markBytes: found[1].length };
}

/** How much of the start tells UTF-16 without a mark: a header, which has Latin letters, digits and delimiters for the most part. */
const TELLING_BYTES = 64;

/** Every other byte of Latin letters in UTF-16 is NUL; hardly any of those between is, and only in other scripts. */
export function unmarkedUtf16(start: Buffer): FoundEncoding | undefined {
  const telling = start.subarray(0, Math.min(TELLING_BYTES, start.length - (start.length % 2)));
  const nulsFrom = (first: 0 | 1): number =>
    telling.filter((byte, at) => byte === 0 && at % 2 === first).length;
  const [even, odd] = [nulsFrom(0), nulsFrom(1)];
  const isMost = (nuls: number, others: number): boolean => nuls > telling.length / 4 && nuls > others * 8;
  if (isMost(odd, even)) return { encoding: 'utf-16le', by: 'guess', markBytes: 0 };
  if (isMost(even, odd)) return { encoding: 'utf-16be', by: 'guess', markBytes: 0 };
  return undefined;
}
