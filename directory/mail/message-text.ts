/** The header fields of a message by lower-case name, unfolded, in order of appearance. */
export type Headers = ReadonlyMap<string, readonly string[]>;

export interface MessageParts {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly atMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const maxHeaderBytes = 256 * 1024;

/** A plain UTF-8 message (RFC 5322). Line breaks in a header value become spaces: nobody adds headers through a subject. */
export function composeMessage(parts: MessageParts): Buffer {
  const fields = {
    From: parts.from,
    To: parts.to,
    Subject: encodedWord(oneLine(parts.subject)),
    Date: new Date(parts.atMs).toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${parts.id}@directory.invalid>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...parts.headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${oneLine(value)}\r\n`);
  return Buffer.from(`${head.join('')}\r\n${parts.text.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`, 'utf8');
}

/** A copy with one more field on top, as each server on a message's way adds it. */
export function withHeader(raw: Uint8Array, name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from(`${name}: ${oneLine(value)}\r\n`), raw]);
}

export function parseHeaders(raw: Uint8Array): Headers {
  const start = Buffer.from(raw.subarray(0, maxHeaderBytes)).toString('latin1');
  const head = start.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const headers = new Map<string, string[]>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return headers;
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\0]+/g, ' ').trim();
}

/** RFC 2047, for what is not ASCII; in pieces, as one encoded word holds 75 characters. */
function encodedWord(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  const pieces: string[] = [];
  let piece = '';
  for (const character of value) {
    if (Buffer.byteLength(piece + character) > 42) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].map((text) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`).join(' ');
}
