import { z } from 'zod';
import { instant, sha256 } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { legalHoldSchema } from '../people/person-schema.ts';

const summary = {
  caseId: z.string(),
  messageCount: z.int(),
  bytes: z.int(),
  expiresAt: instant.optional().describe('The end of its retention, known from the deletion on.'),
  destroyedAt: instant.optional(),
};

export const archiveSummarySchema = z.strictObject(summary).meta({ id: 'ArchiveSummary' });

export const archivedMessageSchema = z
  .strictObject({
    id: z.string(),
    folder: z.string(),
    receivedAt: instant,
    sizeBytes: z.int(),
    file: z.string(),
    sha256,
  })
  .meta({ id: 'ArchivedMessage' });

export const archiveSchema = z
  .strictObject({
    ...summary,
    personId: z.string().optional(),
    legalHold: legalHoldSchema.optional(),
    parts: z.array(
      z.strictObject({
        part: z.string(),
        manifestSha256: sha256,
        messages: z
          .array(archivedMessageSchema)
          .optional()
          .describe('Absent when the archive was destroyed.'),
      }),
    ),
  })
  .meta({ id: 'Archive', description: 'The manifests: every message with its folder, size, file and hash.' });

export const archiveSummaryExample: z.output<typeof archiveSummarySchema> = {
  caseId: EXAMPLE.departure,
  messageCount: 1,
  bytes: 2_048,
  expiresAt: '2037-05-30T15:30:00.000Z',
};

export const archivedMessageExample: z.output<typeof archivedMessageSchema> = {
  id: 'msg_01KA0QC8E1G4JNQSVX0Z3B5DFH',
  folder: 'INBOX',
  receivedAt: '2026-12-01T09:00:00.000Z',
  sizeBytes: 2_048,
  file: '000001.eml',
  sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
};

export const archiveExample: z.output<typeof archiveSchema> = {
  ...archiveSummaryExample,
  personId: EXAMPLE.lea,
  parts: [
    {
      part: 'part-1',
      manifestSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      messages: [archivedMessageExample],
    },
  ],
};
