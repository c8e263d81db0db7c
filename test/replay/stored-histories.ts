import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const HISTORIES_FOLDER = join(import.meta.dirname, 'histories');

/** An event as proto JSON spells it. */
export interface JsonEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly [attributes: string]: unknown;
}

export interface JsonHistory {
  readonly events: readonly JsonEvent[];
}

/** Names of the histories on record. Throws when the folder is missing. */
export function storedHistories(): readonly string[] {
  return readdirSync(HISTORIES_FOLDER).filter((name) => name.endsWith('.json'));
}

export function readHistory(file: string): JsonHistory {
  return JSON.parse(readFileSync(join(HISTORIES_FOLDER, file), 'utf8')) as JsonHistory;
}
