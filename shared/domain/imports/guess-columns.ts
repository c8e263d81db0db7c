import { COLUMN_NAMES } from './column-names.ts';
import { IMPORT_FIELDS, type ImportField } from './import-fields.ts';

/** The field that fills from each column, in their order; `null` where a column is left alone. */
export type ColumnFields = readonly (ImportField | null)[];

const OWN_WORDS = wordTable((field) => [COLUMN_NAMES[field].own, field]);
const OTHER_WORDS = wordTable((field) => {
  const { en, fr, de, it } = COLUMN_NAMES[field];
  return [...en, ...fr, ...de, ...it];
});
const VAGUE_WORDS = wordTable((field) => COLUMN_NAMES[field].vague ?? []);

/**
 * What the headers say, in English, French, German or Italian. Of several columns that say the same, the one with Gangway's own
 * word counts, else the first.
 */
export function guessColumns(headers: readonly string[]): ColumnFields {
  const keys = headers.map(wordKey);
  const found = new Map<ImportField, number>();
  for (const words of [OWN_WORDS, OTHER_WORDS, VAGUE_WORDS])
    for (const [column, key] of keys.entries()) {
      const field = words.get(key);
      if (field !== undefined && !found.has(field)) found.set(field, column);
    }
  const fieldAt = new Map([...found].map(([field, column]) => [column, field]));
  return headers.map((_, column) => fieldAt.get(column) ?? null);
}

/** What two ways of writing one word have in common. */
export function wordKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/[^\p{L}\p{Nd}]/gu, '');
}

function wordTable(wordsOf: (field: ImportField) => readonly string[]): ReadonlyMap<string, ImportField> {
  return new Map(
    IMPORT_FIELDS.flatMap((field) => wordsOf(field).map((word) => [wordKey(word), field] as const)),
  );
}
