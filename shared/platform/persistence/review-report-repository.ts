import type { Connection } from 'mongoose';
import type { ReportFormat } from '../../domain/reviews/review.ts';
import { openCollection, type StoredDocument } from './collection.ts';

/** Reports of reviews, in pieces: a document of the database has a largest size. Never changed once its review names it. */
export interface ReviewReportRepository {
  /** Pieces are numbered from 1. One that is there stays as it is. */
  insertPart(part: ReportPart): Promise<void>;
  /** Of a report that was begun and that nobody was given. */
  replacePart(part: ReportPart): Promise<void>;
  readPart(
    orgId: string,
    reviewId: string,
    format: ReportFormat,
    number: number,
  ): Promise<string | undefined>;
  ensureIndexes(): Promise<void>;
}

export interface ReportPart {
  readonly orgId: string;
  readonly reviewId: string;
  readonly format: ReportFormat;
  readonly number: number;
  readonly text: string;
}

type PartDocument = StoredDocument & Pick<ReportPart, 'text'>;

export function createReviewReportRepository(connection: Connection): ReviewReportRepository {
  const parts = openCollection<PartDocument>(connection, {
    name: 'review_reports',
    fields: { text: 'string' },
    indexes: [],
  });
  return {
    async insertPart({ orgId, reviewId, format, number, text }) {
      await parts.insert({ _id: partId(reviewId, format, number), orgId, text });
    },
    async replacePart({ orgId, reviewId, format, number, text }) {
      await parts.updateOne({ _id: partId(reviewId, format, number), orgId }, { set: { text } });
    },
    async readPart(orgId, reviewId, format, number) {
      return (await parts.findOne({ _id: partId(reviewId, format, number), orgId }))?.text;
    },
    ensureIndexes: () => parts.ensureIndexes(),
  };
}

function partId(reviewId: string, format: ReportFormat, number: number): string {
  return `report:${reviewId}:${format}:${number}`;
}
