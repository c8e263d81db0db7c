import { StoreError, notSupported } from '../store-error.ts';
import { describe, isDoc, type Doc } from '../values/bson-values.ts';

/**
 * Every command lists the options it takes, each with its check; anything else is refused. An option is only listed
 * when it is honoured: one that was accepted and ignored would be a promise broken in silence.
 */
export type OptionCheck = (value: unknown, name: string) => void;
export type OptionSpec = Readonly<Record<string, OptionCheck>>;

const KNOWN_BUT_UNSUPPORTED = new Set([
  'allowDiskUse',
  'allowPartialResults',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'arrayFilters',
  'autocommit',
  'awaitData',
  'bypassDocumentValidation',
  'bypassEmptyTsReplacement',
  'c',
  'collation',
  'encryptionInformation',
  'explain',
  'hint',
  'let',
  'lsid',
  'max',
  'min',
  'noCursorTimeout',
  'oplogReplay',
  'returnKey',
  'showRecordId',
  'startTransaction',
  'tailable',
  'txnNumber',
]);

export const isBoolean: OptionCheck = (value, name) => {
  if (typeof value !== 'boolean') throw wrongType(name, 'a boolean', value);
};

export const isText: OptionCheck = (value, name) => {
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
};

export const isCount: OptionCheck = (value, name) => {
  if (typeof value !== 'number') throw wrongType(name, 'a number', value);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new StoreError('BadValue', `'${name}' must be a non-negative whole number, not ${value}`);
  }
};

export const isDocument: OptionCheck = (value, name) => {
  if (!isDoc(value)) throw wrongType(name, 'a document', value);
};

export const isList: OptionCheck = (value, name) => {
  if (!Array.isArray(value)) throw wrongType(name, 'an array', value);
};

/** For values with no effect here, such as a comment, or those parsed by their command. */
export const isAnything: OptionCheck = () => undefined;

export const isOnly =
  (wanted: unknown): OptionCheck =>
  (value, name) => {
    if (value !== wanted)
      throw notSupported(`the option '${name}' with another value than ${String(wanted)}`);
  };

const COMMON: OptionSpec = {
  $db: isText,
  comment: isAnything,
  // One server holds all data, so every preference reads from it.
  $readPreference: (value, name) => checkFields(value, name, { mode: isText }),
};

/** Reads see flushed data only, which fulfils these levels. */
export const READ_CONCERN: OptionCheck = (value, name) => {
  checkFields(value, name, { level: isText });
  const level = (value as Doc)['level'];
  if (level !== undefined && !['local', 'available', 'majority'].includes(level as string)) {
    throw notSupported(`the read concern ${JSON.stringify(level)}`);
  }
};

/** Every acknowledged write is flushed, which fulfils any journalled single-server concern; none is left unacknowledged. */
export const WRITE_CONCERN: OptionCheck = (value, name) => {
  checkFields(value, name, {
    w: isAnything,
    j: isBoolean,
    wtimeout: isCount,
    wtimeoutMS: isCount,
    fsync: isBoolean,
  });
  const { w } = value as Doc;
  if (w !== undefined && w !== 1 && w !== 'majority')
    throw notSupported(`the write concern w=${JSON.stringify(w)}`);
};

export function checkOptions(command: string, body: Doc, spec: OptionSpec): void {
  for (const [name, value] of Object.entries(body)) {
    if (name === command) continue;
    const check = ownCheck(spec, name) ?? ownCheck(COMMON, name);
    if (check === undefined) throw unknownOption(command, name);
    check(value, name);
  }
}

/** The fields of a document inside a command, under the same rule. */
export function checkFields(value: unknown, where: string, spec: OptionSpec): void {
  if (!isDoc(value)) throw wrongType(where, 'a document', value);
  for (const [name, field] of Object.entries(value)) {
    const check = ownCheck(spec, name);
    if (check === undefined) throw unknownOption(where, name);
    check(field, `${where}.${name}`);
  }
}

function ownCheck(spec: OptionSpec, name: string): OptionCheck | undefined {
  return Object.hasOwn(spec, name) ? spec[name] : undefined;
}

function unknownOption(where: string, name: string): StoreError {
  if (KNOWN_BUT_UNSUPPORTED.has(name)) return notSupported(`the option '${name}' of '${where}'`);
  return new StoreError('UnknownField', `BSON field '${where}.${name}' is an unknown field.`);
}

function wrongType(name: string, needed: string, value: unknown): StoreError {
  return new StoreError('TypeMismatch', `'${name}' must be ${needed}, not ${describe(value)}`);
}
