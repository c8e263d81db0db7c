/** The error codes this store answers with; numbers and names are MongoDB's, so that drivers read them as they do there. */
const ERROR_CODES = {
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  LockBusy: 46,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  SnapshotUnavailable: 246,
  QueryExceededMemoryLimit: 292,
  MechanismUnavailable: 334,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  KeyTooLong: 17280,
  UnknownStage: 40324,
  UnknownField: 40415,
} as const;

export type ErrorName = keyof typeof ERROR_CODES;

/** A refusal the client is told about in full. Any other error is a defect: it is logged, and answered without its text. */
export class StoreError extends Error {
  readonly codeName: ErrorName;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(codeName: ErrorName, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'StoreError';
    this.codeName = codeName;
    this.details = details;
  }

  get code(): number {
    return ERROR_CODES[this.codeName];
  }
}

/** MongoDB knows `what`, this store deliberately does not. */
export function notSupported(what: string): StoreError {
  return new StoreError('NotImplemented', `${what} is not supported by this store`);
}
