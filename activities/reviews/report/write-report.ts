import type { ReportFormat, Review, StoredReport } from '../../../shared/domain/reviews/review.ts';
import { csvReport } from './csv-report.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import { listedFindings } from './listed-findings.ts';
import { ownersOf, pagesOfFindings, reportedFindings } from './read-findings.ts';
import type { ReportPorts } from './report-ports.ts';
import { storeReport, type Pieces } from './store-report.ts';
import { countFindings, summaryOf } from './summary.ts';

/**
 * Writes the report of a review that ends at this instant, as JSON, CSV and a page to print. The same review gives the same bytes; one
 * that was begun and not finished is written again.
 */
export async function writeReport(
  ports: ReportPorts,
  review: Review,
  endedAtMs: number,
): Promise<Readonly<Record<ReportFormat, StoredReport>>> {
  const { organisations, reviews, reviewReports } = ports.repositories;
  const { orgId, id: reviewId, previousId } = review;
  const owners = await ownersOf(ports, orgId);
  const summary = summaryOf({
    ...{ review, endedAtMs },
    organisation: (await organisations.get(orgId))?.name ?? orgId,
    previous: previousId === undefined ? undefined : await reviews.get(orgId, previousId),
    counts: await countFindings(pagesOfFindings(ports, review)),
  });
  const store = (format: ReportFormat, pieces: Pieces) =>
    storeReport(reviewReports, { orgId, reviewId, format }, pieces);
  return {
    json: await store('json', jsonReport(summary, reportedFindings(ports, review, owners))),
    csv: await store('csv', csvReport(reportedFindings(ports, review, owners))),
    html: await store('html', [htmlReport(summary, await listedFindings(ports, review, owners))]),
  };
}
