import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileClaimId } from '../../shared/domain/ids.ts';
import { mapColumns } from '../../shared/domain/imports/map-columns.ts';
import type { ImportedFile, PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { flushFolder } from '../../shared/platform/files/durable-file.ts';
import type { ToldShape } from '../../shared/platform/imports/open-import-file.ts';
import { uploadPath, wipeUpload } from '../../shared/platform/imports/uploads.ts';
import { madeAtMs, newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { etagOf } from '../http/etag.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { auditImport } from './audit-import.ts';
import { DELIMITER_SIGNS, uploadQuery, type UploadQuery } from './import-fields.ts';
import { importView } from './import-view.ts';
import { receiveUpload, type ReceivedUpload } from './upload/receive-upload.ts';
import { surveyFile, type SurveyedFile } from './upload/survey-file.ts';
import { toldType, type ToldType } from './upload/told-type.ts';

/** Takes a file of people. It is read to its end before there is an import; nothing is left of one that cannot be taken. */
export async function createImport(context: ApiContext, call: Call): Promise<Answer> {
  const query = parse(uploadQuery, call.query, 'query');
  const told = toldType(call);
  const received = await receiveUpload(context, call, told.isForm);
  try {
    const file = await surveyFile(received.path, toldShape(query, told));
    const asked = [received.sha256, query, received.name ?? null, told.encoding ?? null];
    const options = { required: false, subjectId: newId('imp'), asked };
    return await idempotently(context, call, options, async ({ subjectId: id }) => {
      const known = await context.repositories.imports.get(call.actor.orgId, id);
      const theImport = known ?? (await writeImport(context, call, id, { received, file, query }));
      await auditImport(context, call, { action: 'import.uploaded', theImport, of: id });
      return answer(context, theImport);
    });
  } finally {
    // Unless it is an import's by now.
    await wipeUpload(received.path);
  }
}

function answer(context: ApiContext, theImport: PeopleImport): Answer {
  return {
    status: 201,
    headers: { Location: `/v1/imports/${theImport.id}`, ETag: etagOf(theImport.rev) },
    body: importView(theImport, context.now()),
  };
}

/** The address beats the type, which programs put in by themselves. */
function toldShape({ delimiter, ...query }: UploadQuery, told: ToldType): ToldShape {
  const encoding = query.encoding ?? told.encoding;
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: DELIMITER_SIGNS[delimiter] }),
  };
}

interface Upload {
  readonly received: ReceivedUpload;
  readonly file: SurveyedFile;
  readonly query: UploadQuery;
}

/** The file comes first: an import without one could not be read. A file without an import is swept. */
async function writeImport(
  context: ApiContext,
  call: Call,
  id: string,
  upload: Upload,
): Promise<PeopleImport> {
  const { repositories, uploads } = context;
  const { orgId, ownerId } = call.actor;
  const { received, file, query } = upload;
  const { onTaken, mostInvalidPercent, welcomeMail } = query;
  const seedId = await firstImportOf(context, orgId, received.sha256, id);
  const path = uploadPath(uploads.folder, orgId, id);
  await rename(received.path, path);
  await flushFolder(dirname(path));
  const theImport: PeopleImport = {
    ...{ id, orgId, rev: 0, requestedBy: ownerId, createdAtMs: context.now(), unheard: false },
    state: mapColumns(file.headers).kind === 'mapped' ? 'mapped' : 'uploaded',
    file: importedFile(upload),
    headers: file.headers,
    corrections: [],
    settings: { onTaken, mostInvalidPercent, welcomeMail: welcomeMail === 'true' },
    seed: { importId: seedId, atMs: madeAtMs(seedId) },
  };
  // The same request twice at once: the first one is both.
  if ((await repositories.imports.insert(theImport)) === 'exists')
    return (await repositories.imports.get(orgId, id)) ?? theImport;
  return theImport;
}

/** Of all that bring this file, the first one, for ever. It may never have been written: its id is enough. */
async function firstImportOf({ repositories, now }: ApiContext, orgId: string, sha256: string, id: string) {
  const claim = await repositories.claims.take(fileClaimId(orgId, sha256), orgId, id, now());
  return claim.kind === 'held' ? claim.holderId : id;
}

function importedFile({ received, file, query }: Upload): ImportedFile {
  const { sha256, sizeBytes } = received;
  const name = query.name ?? shownName(received.name);
  return {
    ...(name === undefined ? {} : { name }),
    ...{ sha256, sizeBytes, rows: file.rows },
    ...file.shape,
  };
}

const LONGEST_NAME = 200;

/** Programs write into it whatever they like. */
function shownName(name: string | undefined): string | undefined {
  const shown =
    name
      ?.replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, LONGEST_NAME) ?? '';
  return shown === '' ? undefined : shown;
}
