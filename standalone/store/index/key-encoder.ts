import type { Binary, ObjectId } from 'bson';
import { kindOf, type Doc } from '../values/bson-values.ts';

/**
 * Encodes values so that comparing the bytes compares the values in BSON order: first by type bracket, then by value.
 * Every encoded value ends itself, so encodings can follow one another in a compound key, and inverting the bytes of
 * one field makes that field descending. Equal values (1 and 1.0, 0 and -0) have equal bytes.
 */
export const BRACKETS = {
  emptyArray: 0x08,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  bool: 0x80,
  date: 0x90,
} as const;

/** The key of an array without elements; it sorts below null. */
export const EMPTY_ARRAY_KEY = Symbol('empty array');

const END = 0x00;
const ESCAPED_ZERO = 0xff;

interface Writer {
  bytes: Buffer;
  length: number;
}

const writer: Writer = { bytes: Buffer.allocUnsafe(4096), length: 0 };

export interface KeyField {
  readonly value: unknown;
  readonly descending: boolean;
}

/** The encoded fields, between a prefix and a suffix that are taken over as they are. */
export function encodeKey(fields: readonly KeyField[], prefix?: Buffer, suffix?: Buffer): Buffer {
  writer.length = 0;
  if (prefix !== undefined) writeRaw(prefix);
  for (const field of fields) {
    const start = writer.length;
    writeValue(field.value);
    if (field.descending) invert(writer.bytes, start, writer.length);
  }
  if (suffix !== undefined) writeRaw(suffix);
  return takeWritten();
}

export function encodeValue(value: unknown): Buffer {
  writer.length = 0;
  writeValue(value);
  return takeWritten();
}

function takeWritten(): Buffer {
  const key = Buffer.allocUnsafe(writer.length);
  writer.bytes.copy(key, 0, 0, writer.length);
  return key;
}

/** BSON order of two values; an absent value counts as null. */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, right);
  return Buffer.compare(encodeValue(left), encodeValue(right));
}

export function equalValues(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return Number.isNaN(left) && Number.isNaN(right);
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime();
  return (
    left !== null && right !== null && kindOf(left) === kindOf(right) && compareValues(left, right) === 0
  );
}

function compareNumbers(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  if (Number.isNaN(right)) return 1;
  return left - right === 0 || left === right ? 0 : left < right ? -1 : 1;
}

function invert(bytes: Buffer, start: number, end: number): void {
  for (let at = start; at < end; at++) bytes[at] = ~(bytes[at] ?? 0);
}

function reserve(count: number): void {
  if (writer.length + count <= writer.bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(writer.bytes.length * 2, writer.length + count));
  writer.bytes.copy(larger, 0, 0, writer.length);
  writer.bytes = larger;
}

function writeByte(byte: number): void {
  reserve(1);
  writer.bytes[writer.length++] = byte;
}

function writeValue(value: unknown): void {
  if (value === EMPTY_ARRAY_KEY) {
    writeByte(BRACKETS.emptyArray);
    return;
  }
  const kind = kindOf(value ?? null);
  if (kind === undefined || kind === 'regex')
    throw new TypeError('a value that cannot be stored reached the key encoder');
  writeByte(BRACKETS[kind]);
  writePayload(value ?? null);
}

function writePayload(value: unknown): void {
  switch (kindOf(value)) {
    case 'number': {
      writeNumber(value as number);
      return;
    }
    case 'string': {
      writeText(value as string);
      return;
    }
    case 'object': {
      writeDocument(value as Doc);
      return;
    }
    case 'array':
      (value as unknown[]).forEach(writeValue);
      {
        writeByte(END);
        return;
      }
    case 'binary': {
      writeBinary(value as Binary);
      return;
    }
    case 'objectId': {
      writeRaw((value as ObjectId).id);
      return;
    }
    case 'bool': {
      writeByte(value === true ? 1 : 0);
      return;
    }
    case 'date': {
      writeNumber((value as Date).getTime());
      return;
    }
    default:
      return;
  }
}

function writeNumber(value: number): void {
  reserve(8);
  const start = writer.length;
  writer.length += 8;
  if (Number.isNaN(value)) {
    writer.bytes.fill(0, start, start + 8);
    return;
  }
  writer.bytes.writeDoubleBE(value === 0 ? 0 : value, start);
  if (value < 0) invert(writer.bytes, start, start + 8);
  else writer.bytes[start] = (writer.bytes[start] ?? 0) | 0x80;
}

function writeText(text: string): void {
  reserve(text.length * 3 + 2);
  if (text.includes('\0')) {
    for (const byte of Buffer.from(text, 'utf8')) {
      writeByte(byte);
      if (byte === 0) writeByte(ESCAPED_ZERO);
    }
  } else {
    writer.length += writer.bytes.write(text, writer.length, 'utf8');
  }
  writeByte(END);
  writeByte(END);
}

function writeDocument(document: Doc): void {
  for (const [name, item] of Object.entries(document)) {
    const kind = kindOf(item ?? null);
    if (kind === undefined || kind === 'regex')
      throw new TypeError('a value that cannot be stored reached the key encoder');
    writeByte(BRACKETS[kind]);
    writeText(name);
    writePayload(item ?? null);
  }
  writeByte(END);
}

function writeBinary(binary: Binary): void {
  reserve(5);
  writer.length = writer.bytes.writeUInt32BE(binary.position, writer.length);
  writeByte(binary.sub_type);
  writeRaw(binary.buffer.subarray(0, binary.position));
}

function writeRaw(bytes: Uint8Array): void {
  reserve(bytes.length);
  writer.bytes.set(bytes, writer.length);
  writer.length += bytes.length;
}
