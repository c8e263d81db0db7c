import { archiveFilter } from '../archives/archive-fields.ts';
import {
  archivedMessageExample,
  archivedMessageSchema,
  archiveExample,
  archiveSchema,
  archiveSummaryExample,
  archiveSummarySchema,
} from '../archives/archive-schema.ts';
import { noQuery, pageQuery, pageSchema } from '../http/pages.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { gives, operations } from '../openapi/operation.ts';

const caseId = { description: 'The departure whose archive it is.', example: EXAMPLE.departure };
const part = { description: 'A part of the archive.', example: 'part-1' };
const scope = 'archives:read';

export const archiveOperations = operations('Archives', {
  listArchives: {
    ...{ method: 'get', path: '/v1/archives', scope },
    summary: 'List archives',
    query: archiveFilter,
    answers: {
      200: gives('One page.', pageSchema(archiveSummarySchema), { items: [archiveSummaryExample] }, 'Link'),
    },
    problems: [],
  },
  getArchive: {
    ...{ method: 'get', path: '/v1/archives/:caseId', scope },
    summary: 'See what an archive holds',
    description: 'The access is in the audit.',
    params: { caseId },
    query: noQuery,
    answers: { 200: gives('Its manifests.', archiveSchema, archiveExample) },
    problems: ['ARCHIVE_NOT_FOUND', 'ARCHIVE_DAMAGED'],
  },
  listArchivedMessages: {
    ...{ method: 'get', path: '/v1/archives/:caseId/parts/:part/messages', scope },
    summary: 'List the messages of one part of an archive',
    description: 'The access is in the audit.',
    params: { caseId, part },
    query: pageQuery,
    answers: {
      200: gives('One page.', pageSchema(archivedMessageSchema), { items: [archivedMessageExample] }, 'Link'),
    },
    problems: ['ARCHIVE_NOT_FOUND', 'ARCHIVE_DESTROYED', 'ARCHIVE_DAMAGED'],
  },
  downloadArchivedMessage: {
    ...{ method: 'get', path: '/v1/archives/:caseId/parts/:part/messages/:file', scope },
    summary: 'Get an archived message',
    description: 'Only if its file still has the recorded hash. The access is in the audit.',
    params: {
      caseId,
      part,
      file: { description: 'The file of a message, from the manifest.', example: '000001.eml' },
    },
    query: noQuery,
    answers: {
      200: {
        description: 'The message as it arrived.',
        headers: ['Content-Digest', 'Content-Disposition'],
        content: { type: 'message/rfc822' },
      },
    },
    problems: ['ARCHIVE_NOT_FOUND', 'ARCHIVE_DESTROYED', 'ARCHIVE_DAMAGED'],
  },
});
