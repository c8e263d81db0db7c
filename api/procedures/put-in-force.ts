import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertSound } from './check-procedure.ts';
import { findProcedure, nameInForce, procedureInForce, withInForce } from './find-procedure.ts';
import { inForceFields } from './procedure-fields.ts';
import { procedureDifference } from './procedure-difference.ts';
import { procedureView } from './procedure-view.ts';

const MAX_ATTEMPTS = 5;

/**
 * New cases are planned by this version from now on; open ones keep theirs. Putting the newest that ships in force
 * means to follow the releases.
 */
export async function putInForce(context: ApiContext, call: Call): Promise<Answer> {
  const { name, insteadOf, reason } = parse(inForceFields, call.body);
  const { orgId, ownerId: actorId } = call.actor;
  const known = await findProcedure(context, orgId, name);
  if (known === undefined) throw new Problem('PROCEDURE_UNKNOWN', { field: '/name' });
  // What was sound once may not be any more: an older version knows fewer ways in.
  const { of } = known;
  assertSound(context, of, known.procedure, () => '/name');
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const organisation = await organisationOf(context, orgId);
    const inForce = nameInForce(organisation, of);
    if (inForce === name) return { status: 200, body: procedureView(known, organisation) };
    if (inForce !== insteadOf)
      throw new Problem('PROCEDURE_IN_FORCE_CHANGED', { field: '/insteadOf', members: { inForce } });
    const before = await procedureInForce(context, organisation, of);
    const changed = await context.repositories.organisations.update(
      orgId,
      organisation.rev,
      withInForce(organisation, of, name),
    );
    if (changed === undefined) continue;
    await context.repositories.audit.append({
      id: auditId(orgId, 'procedure.putInForce', String(changed.rev)),
      ...{ orgId, actorId, action: 'procedure.putInForce', atMs: context.now() },
      detail: { name, insteadOf, reason },
    });
    const difference = procedureDifference(context, changed, of, before, known.procedure);
    return { status: 200, body: { ...procedureView(known, changed), difference } };
  }
  throw new Problem('CONCURRENT_CHANGE');
}
