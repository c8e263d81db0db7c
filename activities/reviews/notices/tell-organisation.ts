import type { Review } from '../../../shared/domain/reviews/review.ts';
import type { NoticeText } from '../../notices/notice-texts.ts';
import type { ReviewPorts } from '../review-ports.ts';

/** Writes to where loud things of the organisation go. The same notice sent twice is one mail; nobody is written to where nobody is named. */
export async function tellOrganisation(
  { repositories, notifier }: ReviewPorts,
  { orgId, id }: Review,
  notice: string,
  text: NoticeText,
): Promise<void> {
  const to = (await repositories.organisations.get(orgId))?.notificationAddresses ?? [];
  if (to.length > 0) await notifier.send({ id: `review:${id}:${notice}`, to, ...text });
}
