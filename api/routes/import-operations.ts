import { FILE_FAULT_CODES, MAPPING_FAULT_CODES } from '../http/import-problems.ts';
import { pageSchema } from '../http/pages.ts';
import { importsQuery, mappingFields, settingsFields, uploadQuery } from '../imports/import-fields.ts';
import { importExample, importSchema, runningExample, uncorrectedExample } from '../imports/import-schema.ts';
import { FILE_TYPES } from '../imports/upload/told-type.ts';
import { ifMatch, ifNoneMatch, optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { importId } from '../openapi/parameters.ts';

const params = { id: importId };

export const importOperations = operations('Imports', {
  createImport: {
    ...{ method: 'post', path: '/v1/imports', scope: 'people:write' },
    summary: 'Upload a file of people',
    description: [
      'CSV with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Windows-1252, or an Excel workbook (.xlsx): at most 50 MB, 200,000 rows, 100 columns and 64 KB a row. It is read to its end before there is an import; a file that cannot be taken is refused with the line of its fault, and nothing of it is kept.',
      'What columns mean is guessed from their headers in English, French, German and Italian: `mapped`, or `uploaded` with what is missing in `mappingFaults`. Nothing is carried out yet.',
      'Each row makes somebody, unless a column `operation` says `update` or `departure` (which needs `lastDay`). Who is there already, by `externalId`, by `rowId` of an error file or by `personId` of an export, is not made again: the same file twice makes nobody twice. An empty cell says nothing. Several `aliases`, `groups` or `targets` are separated by `;`. A `managerId` is an id, an address or an external id of somebody who is there already, or who stands above in the file.',
    ].join('\n\n'),
    query: uploadQuery,
    headers: [optionalIdempotencyKey],
    file: { description: 'The file, as it is.', types: FILE_TYPES },
    answers: { 201: gives('The file was taken.', importSchema, importExample, 'Location', 'ETag') },
    problems: [...FILE_FAULT_CODES, 'IMPORT_DISK_FULL'],
  },
  listImports: {
    ...{ method: 'get', path: '/v1/imports', scope: 'people:read' },
    summary: 'List imports, the newest first',
    query: importsQuery,
    answers: { 200: gives('One page.', pageSchema(importSchema), { items: [runningExample] }, 'Link') },
    problems: [],
  },
  getImport: {
    ...{ method: 'get', path: '/v1/imports/:id', scope: 'people:read' },
    summary: 'See an import and how far it came',
    params,
    headers: [ifNoneMatch],
    answers: { 200: gives('The import.', importSchema, runningExample, 'ETag'), 304: UNCHANGED },
    problems: ['IMPORT_NOT_FOUND'],
  },
  changeImport: {
    ...{ method: 'patch', path: '/v1/imports/:id', scope: 'people:write' },
    summary: 'Change how an import is carried out',
    description:
      'The `rate` at any time until it is over, also while it runs; `welcomeMail` until it is launched; the others before, and what is `ready` needs a dry run again then.',
    params,
    headers: [ifMatch],
    body: takes(settingsFields, {
      'Fifty rows a day': { rate: { rows: 50, perHours: 24 } },
      'As fast as it goes': { rate: null },
      'With welcome mails': { welcomeMail: true },
    }),
    answers: { 200: gives('The import as it is now.', importSchema, importExample, 'ETag') },
    problems: ['IMPORT_NOT_FOUND', 'IMPORT_STATE', 'CONCURRENT_CHANGE'],
  },
  correctMapping: {
    ...{ method: 'patch', path: '/v1/imports/:id/mapping', scope: 'people:write' },
    summary: 'Say what columns mean',
    description:
      'What is sent takes the place of what was said before. What is `ready` needs a dry run again then.',
    params,
    headers: [ifMatch],
    body: takes(mappingFields, {
      'Two columns': {
        columns: [
          { header: 'Kolonne 2', field: 'lastName' },
          { header: 'Bemerkung', field: null },
        ],
      },
    }),
    answers: {
      200: gives('The import as it is now.', importSchema, uncorrectedExample, 'ETag'),
    },
    problems: [
      ...(['IMPORT_NOT_FOUND', 'IMPORT_STATE', 'IMPORT_PASSWORDS_WIPED', 'CONCURRENT_CHANGE'] as const),
      ...MAPPING_FAULT_CODES.filter((code) => code !== 'IMPORT_COLUMN_MISSING'),
    ],
  },
});
