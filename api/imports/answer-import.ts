import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer } from '../http/call.ts';
import { etagOf } from '../http/etag.ts';
import { importView } from './import-view.ts';

/** The import as it is now, with its tag. */
export function answerImport(
  { now }: Pick<ApiContext, 'now'>,
  theImport: PeopleImport,
  status = 200,
): Answer {
  return { status, headers: { ETag: etagOf(theImport.rev) }, body: importView(theImport, now()) };
}
