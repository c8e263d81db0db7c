import { maySecond } from '../../shared/domain/reviews/decide.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { fillPage } from '../http/pages.ts';
import type { ReviewAccess } from './review-access.ts';

const A_PAGE = 50;

/** What one page shows. */
export interface ReviewPageFindings {
  /** What this reviewer is asked. */
  readonly asked: readonly Finding[];
  /** What somebody else decided about administrators; on the first page. */
  readonly toSecond: readonly Finding[];
  /** The last one of this page, where there is another page. */
  readonly next?: string;
  readonly people: ReadonlyMap<string, Person>;
}

/** What a reviewer can decide now; never anything about themselves. */
export async function findingsOfPage(
  { repositories }: Pick<ApiContext, 'repositories'>,
  { review, by }: ReviewAccess,
  from: string | undefined,
): Promise<ReviewPageFindings> {
  const { orgId, id } = review;
  const { findings } = repositories;
  const read = async (
    state: 'open' | 'refused' | 'awaiting_second',
    reviewerId: string | undefined,
    after: string | undefined,
    accepts: (finding: Finding) => boolean,
  ): Promise<readonly Finding[]> =>
    fillPage(
      { limit: A_PAGE + 1, ...(after === undefined ? {} : { after }) },
      (range) => findings.list(orgId, id, { ...range, state, reviewerId }),
      (finding) => finding.id,
      accepts,
    );
  const isOfOthers = ({ personId }: Finding): boolean => personId !== by.personId;
  const both = await Promise.all([
    // After the end of a review only what could not be started is decided again.
    review.state === 'open' ? read('open', by.personId, from, isOfOthers) : [],
    read('refused', by.personId, from, isOfOthers),
  ]);
  const found = both.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
  const asked = found.slice(0, A_PAGE);
  const toSecond =
    from === undefined
      ? (await read('awaiting_second', undefined, undefined, (one) => maySecond(one, by))).slice(0, A_PAGE)
      : [];
  const next = found.length > A_PAGE ? asked.at(-1)?.id : undefined;
  const ids = [...asked, ...toSecond].flatMap(({ personId }) => personId ?? []);
  const people = await repositories.people.getMany(orgId, [...new Set(ids)]);
  return {
    ...{ asked, toSecond, people: new Map(people.map((one) => [one.id, one])) },
    ...(next === undefined ? {} : { next }),
  };
}
