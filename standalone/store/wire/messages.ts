import { serialize } from 'bson';
import { decode, type Doc } from '../values/bson-values.ts';

/**
 * The two message shapes a driver speaks: OP_MSG, and the OP_QUERY of a first handshake. A message that says anything
 * this file does not know is malformed; the connection that sent it is closed.
 */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
export const HEADER_BYTES = 16;

const CHECKSUM_PRESENT = 1 << 0;
const MORE_TO_COME = 1 << 1;
const EXHAUST_ALLOWED = 1 << 16;

export interface IncomingMessage {
  readonly requestId: number;
  readonly legacy: boolean;
  readonly database: string;
  readonly body: Doc;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
}

export class MalformedMessageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedMessageError';
  }
}

export function parseMessage(message: Buffer): IncomingMessage {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return parseOpMsg(message, requestId);
  if (opCode === OP_QUERY) return parseOpQuery(message, requestId);
  throw new MalformedMessageError(`unknown operation code ${opCode}`);
}

function parseOpMsg(message: Buffer, requestId: number): IncomingMessage {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & MORE_TO_COME) !== 0)
    throw new MalformedMessageError('unacknowledged writes are not supported');
  if ((flags & ~EXHAUST_ALLOWED) !== 0) {
    throw new MalformedMessageError(
      (flags & CHECKSUM_PRESENT) !== 0 ? 'checksums are not supported' : `unknown message flags ${flags}`,
    );
  }
  let body: Doc | undefined;
  const sequences = new Map<string, readonly Buffer[]>();
  for (let at = HEADER_BYTES + 4; at < message.length;) {
    const kind = message[at++];
    const end = at + sizeAt(message, at);
    if (kind === 0 && body === undefined) body = decode(message.subarray(at, end));
    else if (kind === 1) addSequence(sequences, message.subarray(at + 4, end));
    else throw new MalformedMessageError(`unexpected section of kind ${String(kind)}`);
    at = end;
  }
  const database = body?.['$db'];
  if (body === undefined || typeof database !== 'string')
    throw new MalformedMessageError('a message without $db');
  return { requestId, legacy: false, database, body, sequences };
}

function addSequence(sequences: Map<string, readonly Buffer[]>, section: Buffer): void {
  const nameEnd = section.indexOf(0);
  const name = section.toString('utf8', 0, nameEnd);
  if (nameEnd < 1 || sequences.has(name))
    throw new MalformedMessageError('a document sequence without its own name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = sizeAt(section, at);
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(name, documents);
}

function parseOpQuery(message: Buffer, requestId: number): IncomingMessage {
  const nameStart = HEADER_BYTES + 4;
  const nameEnd = message.indexOf(0, nameStart);
  const namespace = message.toString('utf8', nameStart, nameEnd);
  if (nameEnd === -1 || !namespace.endsWith('.$cmd'))
    throw new MalformedMessageError('OP_QUERY only carries commands');
  const at = nameEnd + 1 + 8;
  const body = decode(message.subarray(at, at + sizeAt(message, at)));
  return {
    requestId,
    legacy: true,
    database: namespace.slice(0, -'.$cmd'.length),
    body,
    sequences: new Map(),
  };
}

function sizeAt(bytes: Buffer, at: number): number {
  const size = at + 4 <= bytes.length ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > bytes.length)
    throw new MalformedMessageError('a section longer than its message');
  return size;
}

export function encodeReply(to: IncomingMessage, reply: Doc | Buffer): Buffer {
  const document = Buffer.isBuffer(reply) ? reply : Buffer.from(serialize(reply));
  const lead = to.legacy ? legacyLead() : Buffer.alloc(5);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + lead.length + document.length, 0);
  header.writeInt32LE(to.requestId, 8);
  header.writeInt32LE(to.legacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, lead, document]);
}

/** Flags, cursor id and position, all zero, and a count of one document. */
function legacyLead(): Buffer {
  const lead = Buffer.alloc(20);
  lead.writeInt32LE(8, 0);
  lead.writeInt32LE(1, 16);
  return lead;
}
