import { isAscii } from 'node:buffer';

/** What a text beyond ASCII is made of, if it is read as UTF-8. */
export interface Utf8Census {
  feed(chunk: Buffer): void;
  /** When all of it was fed. */
  count(): Utf8Count;
}

export interface Utf8Count {
  /** Characters of two to four bytes. */
  readonly characters: number;
  /** Places where no character can stand. */
  readonly faults: number;
  readonly firstFaultAt: number | undefined;
}

/** Unicode, table 3-7: how many bytes follow a first one, and what the second one may be. Overlong forms and surrogates have none. */
function followers(
  first: number,
): { readonly count: number; readonly from: number; readonly to: number } | undefined {
  if (first < 0xc2 || first > 0xf4) return undefined;
  if (first < 0xe0) return { count: 1, from: 0x80, to: 0xbf };
  if (first < 0xf0) return { count: 2, from: first === 0xe0 ? 0xa0 : 0x80, to: first === 0xed ? 0x9f : 0xbf };
  return { count: 3, from: first === 0xf0 ? 0x90 : 0x80, to: first === 0xf4 ? 0x8f : 0xbf };
}

export function createUtf8Census(): Utf8Census {
  let offset = 0;
  let characters = 0;
  let faults = 0;
  let firstFaultAt: number | undefined;
  let missing = 0;
  let from = 0x80;
  let to = 0xbf;
  let beganAt = 0;

  function fault(at: number): void {
    faults += 1;
    firstFaultAt ??= at;
  }
  function begin(byte: number, at: number): void {
    if (byte < 0x80) return;
    const follow = followers(byte);
    if (follow === undefined) {
      fault(at);
      return;
    }
    ({ count: missing, from, to } = follow);
    beganAt = at;
  }
  function goOn(byte: number, at: number): void {
    if (byte < from || byte > to) {
      missing = 0;
      fault(beganAt);
      begin(byte, at);
      return;
    }
    [from, to] = [0x80, 0xbf];
    missing -= 1;
    if (missing === 0) characters += 1;
  }

  return {
    feed(chunk) {
      if (missing > 0 || !isAscii(chunk))
        for (let at = 0; at < chunk.length; at += 1) {
          const byte = chunk[at] ?? 0;
          if (missing > 0) goOn(byte, offset + at);
          else begin(byte, offset + at);
        }
      offset += chunk.length;
    },
    count() {
      if (missing > 0) fault(beganAt);
      missing = 0;
      return { characters, faults, firstFaultAt };
    },
  };
}
