/** What a file of people may be. Whatever is beyond is refused as a whole, and has no effect. */
export const IMPORT_LIMITS = {
  /** 50 MB, as it is sent. */
  fileBytes: 50 * 1024 * 1024,
  /** Without the header and without empty ones. */
  rows: 200_000,
  columns: 100,
  /** 64 KB from its first byte to its last, in UTF-8. Of an Excel row: of its values. */
  recordBytes: 64 * 1024,
} as const;

/**
 * What an .xlsx may unpack to. Sheets of people shrink to a tenth or a twentieth; what shrinks to less than a two hundredth
 * was made to do harm.
 */
export const WORKBOOK_LIMITS = {
  entries: 1_000,
  unpackedBytes: 512 * 1024 * 1024,
  /** Of an entry that unpacks to more than `smallEntryBytes`: small ones may be as regular as they like. */
  ratio: 200,
  smallEntryBytes: 1024 * 1024,
  /** Of a part that is no list: what sheets there are, how cells look. */
  smallPartBytes: 16 * 1024 * 1024,
  /** Excel keeps each text once, and rows refer to it: these stay in memory while rows are read. */
  sharedTextBytes: 64 * 1024 * 1024,
  sharedTexts: 4_000_000,
} as const;
