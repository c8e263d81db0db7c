import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  REPORT_FORMATS,
  type ReportFormat,
  type Review,
  type StoredReport,
} from '../../shared/domain/reviews/review.ts';
import type { ApiContext } from '../api-context.ts';
import { PAGE_POLICY } from '../../shared/platform/pages/page-style.ts';
import { acceptedType } from '../http/accepted-type.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { auditReview } from './audit-review.ts';
import { reportQuery } from './review-fields.ts';
import { reviewOr404 } from './review-or-404.ts';

const REPORT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  html: 'text/html',
};

/** The report of a review as it was written once. It is hashed before a byte is sent, and each access is entered. */
export async function reviewReport(context: ApiContext, call: Call): Promise<Answer> {
  const accepted = acceptedType(call, ['application/json', 'text/csv', 'text/html']);
  const offered = REPORT_FORMATS.find((one) => REPORT_TYPES[one] === accepted) ?? 'json';
  const { format = offered } = parse(reportQuery, call.query, 'query');
  const review = await reviewOr404(context, call);
  const report = review.reports?.[format];
  if (report === undefined) throw new Problem('REVIEW_NOT_OVER');
  await assertWhole(context, review, format, report);
  const { orgId, id: reviewId } = review;
  await auditReview(context, {
    ...{ orgId, actorId: call.actor.ownerId, action: 'review.reportRead', of: call.requestId },
    detail: { reviewId, format, sha256: report.sha256 },
  });
  return {
    status: 200,
    headers: {
      'Content-Type': `${REPORT_TYPES[format]}; charset=utf-8`,
      'Content-Disposition': `${format === 'csv' ? 'attachment' : 'inline'}; filename="review-${reviewId}.${format}"`,
      // RFC 9530
      'Content-Digest': `sha-256=:${Buffer.from(report.sha256, 'hex').toString('base64')}:`,
      'Cache-Control': 'no-store',
      Vary: 'Accept',
      ...(format === 'html' ? { 'Content-Security-Policy': PAGE_POLICY } : {}),
    },
    stream: Readable.from(partsOf(context, review, format, report)),
  };
}

/** Read twice rather than kept in memory: a part never changes. */
async function assertWhole(
  context: ApiContext,
  review: Review,
  format: ReportFormat,
  report: StoredReport,
): Promise<void> {
  const hash = createHash('sha256');
  for await (const part of partsOf(context, review, format, report)) hash.update(part);
  if (hash.digest('hex') !== report.sha256) throw new Problem('REPORT_DAMAGED');
}

async function* partsOf(
  { repositories }: ApiContext,
  { orgId, id }: Review,
  format: ReportFormat,
  { parts }: StoredReport,
): AsyncGenerator<Buffer, void> {
  for (let number = 1; number <= parts; number += 1) {
    const text = await repositories.reviewReports.readPart(orgId, id, format, number);
    if (text === undefined) throw new Problem('REPORT_DAMAGED');
    yield Buffer.from(text);
  }
}
