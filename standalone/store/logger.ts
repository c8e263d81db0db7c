/** What the store needs of a logger; pino has this shape. */
export interface StoreLogger {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

export const SILENT_LOGGER: StoreLogger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
