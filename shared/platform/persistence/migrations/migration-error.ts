export type MigrationErrorCode = 'DATABASE_NEWER' | 'MIGRATION_CHANGED' | 'MIGRATION_BUSY';

/** The database cannot be used by this release, or not yet. The message is one sentence with the remedy. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
