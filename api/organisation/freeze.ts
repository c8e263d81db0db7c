import type { Organisation } from '../../shared/domain/organisation.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import { tellFreeze } from '../../shared/platform/tell-freeze.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { assertMeant, conditionOf, etagOf } from '../http/etag.ts';
import { utc } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { freezeFields } from './organisation-fields.ts';
import { organisationOf } from './organisation-of.ts';

const MAX_ATTEMPTS = 5;

/**
 * Parks every step that takes away or deletes, in every open case, until it is released. It counts from the moment it is
 * written: each such step looks right before it acts. The cases are told in the background, and by the reconciler.
 */
export function freeze(context: ApiContext, call: Call): Promise<Answer> {
  return change(context, call, true);
}

export function unfreeze(context: ApiContext, call: Call): Promise<Answer> {
  return change(context, call, false);
}

async function change(context: ApiContext, call: Call, wanted: boolean): Promise<Answer> {
  const { reason } = parse(freezeFields, call.body);
  const condition = conditionOf(call);
  const { orgId, ownerId: by } = call.actor;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const current = await organisationOf(context, orgId);
    assertMeant(condition, current.rev);
    if ((current.frozen !== undefined) === wanted) return answer(current);
    const frozen = wanted ? { by, atMs: context.now(), reason } : undefined;
    const changed = await context.repositories.organisations.update(orgId, current.rev, { frozen });
    if (changed === undefined) continue;
    const action = wanted ? 'organisation.frozen' : 'organisation.unfrozen';
    await context.repositories.audit.append({
      id: auditId(orgId, action, String(changed.rev)),
      ...{ orgId, actorId: by, action, atMs: context.now(), detail: { reason } },
    });
    tellFreeze(context.repositories.cases, context.engine, changed).catch((error: unknown) => {
      context.logger.warn({ err: error }, 'not every case was told of the freeze; the reconciler goes on');
    });
    return answer(changed);
  }
  throw new Problem('CONCURRENT_CHANGE');
}

function answer({ rev, frozen }: Organisation): Answer {
  return {
    status: 202,
    headers: { ETag: etagOf(rev) },
    body:
      frozen === undefined
        ? { frozen: false }
        : { frozen: true, by: frozen.by, at: utc(frozen.atMs), reason: frozen.reason },
  };
}
