import type { AuditEntry } from '../../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { utc } from '../../http/instants.ts';
import { answerPage, pageQuery } from '../../http/pages.ts';
import { parse } from '../../http/parse.ts';
import { actorNames } from '../../keys/actor-names.ts';
import { personOr404 } from '../person-or-404.ts';
import { PERSON_CHANGED } from './settle-change.ts';

/** What was changed of a person at somebody's word, by whom, from what to what; the newest first. */
export async function listChanges(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(pageQuery, call.query, 'query');
  const { orgId } = call.actor;
  const { id: personId } = await personOr404(context, orgId, paramOf(call, 'id'));
  return answerPage(call, wanted, {
    name: 'changes',
    key: /^\d{15}:aud:[0-9a-f]{64}$/u,
    read: (range) =>
      context.repositories.audit.listOfPerson(orgId, { personId, action: PERSON_CHANGED }, range),
    keyOf: ({ position }) => position,
    show: async (entries) => {
      const names = await actorNames(context, orgId, [...new Set(entries.map(({ actorId }) => actorId))]);
      return entries.map((entry) => viewOf(entry, names[entry.actorId]));
    },
  });
}

/** Entries of 0.1.0 name the fields alone; so does a password, which is stored nowhere. */
function viewOf({ actorId, atMs, detail }: AuditEntry, actorName: string | undefined) {
  const {
    fields,
    before = {},
    after = {},
  } = detail as {
    readonly fields: readonly string[];
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
  };
  return {
    at: utc(atMs),
    actorId,
    ...(actorName === undefined ? {} : { actorName }),
    changed: fields.map((field) =>
      field in after ? { field, before: before[field] ?? null, after: after[field] ?? null } : { field },
    ),
  };
}
