import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';

interface Entry {
  readonly orgId: string;
  readonly actorId: string;
  readonly action: string;
  /** What makes it one entry, however often the same is done. */
  readonly of: string;
  /** Whom it is about. */
  readonly personId?: string | undefined;
  /** Ids and words of ours: a reason may say anything of anybody, and stands where it was given. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Who did what with which definition, review or finding. */
export async function auditReview(
  { repositories, now }: Pick<ApiContext, 'repositories' | 'now'>,
  { of, personId, ...entry }: Entry,
): Promise<void> {
  const { orgId, action } = entry;
  await repositories.audit.append({
    ...{ ...entry, id: auditId(orgId, action, of), atMs: now() },
    ...(personId === undefined ? {} : { personId }),
  });
}
