import type { ColumnFields } from '../../../shared/domain/imports/guess-columns.ts';
import type { ImportMode, PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import type { ApiContext } from '../../api-context.ts';
import type { RowWriter } from './row-writer.ts';

/** What the rows of one job have in common. */
export interface Scene {
  readonly context: ApiContext;
  readonly organisation: Organisation;
  readonly theImport: PeopleImport;
  readonly mode: ImportMode;
  readonly isRepeated: boolean;
  /** What each column means. */
  readonly fields: ColumnFields;
  readonly writer: RowWriter;
}
