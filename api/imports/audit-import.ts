import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';

interface Entry {
  readonly action: string;
  readonly theImport: PeopleImport;
  /** What makes it one entry, however often the same is done. */
  readonly of: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Who did what with which import. Nothing of the file. */
export async function auditImport(
  { repositories, now }: ApiContext,
  call: Call,
  { action, theImport, of, detail = {} }: Entry,
): Promise<void> {
  const { orgId, ownerId: actorId } = call.actor;
  const { id: importId, file } = theImport;
  await repositories.audit.append({
    ...{ id: auditId(orgId, action, of), orgId, actorId, action, atMs: now() },
    detail: { importId, rows: file.rows, ...detail },
  });
}
