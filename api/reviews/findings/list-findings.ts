import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Answer, Call } from '../../http/call.ts';
import { answerPage } from '../../http/pages.ts';
import { parse } from '../../http/parse.ts';
import { findingsQuery } from '../review-fields.ts';
import { reviewOr404 } from '../review-or-404.ts';
import { findingViews } from './finding-view.ts';

/** What a review found, in no order that means anything. */
export async function listFindings(context: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, ...filter } = parse(findingsQuery, call.query, 'query');
  const { id, orgId } = await reviewOr404(context, call);
  return answerPage<Finding>(
    call,
    { limit, after },
    {
      name: 'review findings',
      key: /^fnd_[0-9A-Za-z]{1,40}$/u,
      keyOf: (finding) => finding.id,
      read: (range) => context.repositories.findings.list(orgId, id, { ...range, ...filter }),
      show: (findings) => findingViews(context, orgId, findings),
    },
  );
}
