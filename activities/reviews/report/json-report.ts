import type { ReportedFinding } from './reported-finding.ts';
import type { ReviewSummary } from './summary.ts';

const FORMAT = 'gangway-review@1';

/** One document, a finding on each line; written as findings are read. */
export async function* jsonReport(
  summary: ReviewSummary,
  findings: AsyncIterable<ReportedFinding>,
): AsyncGenerator<string> {
  const { findings: count, ...rest } = summary;
  const head = JSON.stringify({ format: FORMAT, ...rest, count });
  yield `${head.slice(0, -1)},"findings":[`;
  let separator = '\n';
  for await (const finding of findings) {
    yield `${separator}${JSON.stringify(finding)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
