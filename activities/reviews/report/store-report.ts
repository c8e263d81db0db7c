import { createHash } from 'node:crypto';
import type { ReportFormat, StoredReport } from '../../../shared/domain/reviews/review.ts';
import type {
  ReportPart,
  ReviewReportRepository,
} from '../../../shared/platform/persistence/review-report-repository.ts';

/** In UTF-16 units: three bytes each at most, far below the largest document of the database. */
const PART_LENGTH = 512 * 1024;

/** A report as it is written, piece by piece. */
export type Pieces = AsyncIterable<string> | readonly string[];

export interface ReportOf {
  readonly orgId: string;
  readonly reviewId: string;
  readonly format: ReportFormat;
}

/** Stores a report as it is written, and gives the hash of what is stored. Repeated with the same text it changes nothing. */
export async function storeReport(
  reports: ReviewReportRepository,
  of: ReportOf,
  pieces: Pieces,
  partLength = PART_LENGTH,
): Promise<StoredReport> {
  const hash = createHash('sha256');
  let bytes = 0;
  let parts = 0;
  for await (const text of inParts(pieces, partLength)) {
    const encoded = Buffer.from(text, 'utf8');
    parts += 1;
    // Half a character cannot be stored: what it becomes in UTF-8 is the text.
    await storePart(reports, { ...of, number: parts, text: encoded.toString('utf8') });
    hash.update(encoded);
    bytes += encoded.length;
  }
  return { sha256: hash.digest('hex'), bytes, parts };
}

/** One that an attempt before left is replaced where it is another: somebody was renamed since, and nobody has seen that report. */
async function storePart(reports: ReviewReportRepository, part: ReportPart): Promise<void> {
  const { orgId, reviewId, format, number, text } = part;
  const read = () => reports.readPart(orgId, reviewId, format, number);
  await reports.insertPart(part);
  if ((await read()) === text) return;
  await reports.replacePart(part);
  if ((await read()) !== text) throw new Error(`part ${number} of ${reviewId} as ${format} was not stored`);
}

/** No character is cut in two. */
async function* inParts(pieces: Pieces, partLength: number): AsyncGenerator<string> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    while (waiting.length > partLength) {
      const end = isFirstHalf(waiting.charCodeAt(partLength - 1)) ? partLength - 1 : partLength;
      yield waiting.slice(0, end);
      waiting = waiting.slice(end);
    }
  }
  if (waiting !== '') yield waiting;
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
