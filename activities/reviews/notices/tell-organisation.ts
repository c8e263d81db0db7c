import type { Review } from '../../../shared/domain/reviews/review.ts';
import type { NoticeText } from '../../notices/notice-texts.ts';
import { isSent } from './is-sent.ts';
import type { ReviewPorts } from '../review-ports.ts';

/**
 * Writes to where loud things of the organisation go. The same notice sent twice is one mail; nobody is written to where nobody is
 * named. `false`: no server took it.
 */
export async function tellOrganisation(
  ports: ReviewPorts,
  { orgId, id }: Review,
  notice: string,
  text: NoticeText,
): Promise<boolean> {
  const to = (await ports.repositories.organisations.get(orgId))?.notificationAddresses ?? [];
  return to.length === 0 || isSent(ports, { id: `review:${id}:${notice}`, to, ...text });
}
