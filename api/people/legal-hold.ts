import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import { liftLegalHold, placeLegalHold } from '../cases/legal-hold.ts';
import { ANY_CASE } from '../cases/case-door.ts';
import { openCaseOf } from '../cases/open-case-of.ts';
import { carryOut } from '../cases/send-command.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { changeHold, holdOf, NO_HOLD } from './change-hold.ts';
import { personView } from './person-view.ts';
import { personOr404 } from './person-or-404.ts';

/**
 * A hold is the person's, also when no departure is open: an archive is kept beyond its retention. An open departure is told
 * in the same request.
 */
export async function changePersonHold(
  context: ApiContext,
  call: Call,
  wish: 'place' | 'lift',
): Promise<Answer> {
  const body = parse(reasonFields, call.body);
  const { orgId, ownerId: actorId } = call.actor;
  const person = await personOr404(context, orgId, paramOf(call, 'id'));
  const command = wish === 'place' ? placeLegalHold : liftLegalHold;
  return idempotently(context, call, { required: false, subjectId: newId('per') }, async ({ updateId }) => {
    const record = await openCaseOf(context, person);
    if (record !== undefined && record.closedAtMs === undefined)
      await carryOut({ context, call, door: ANY_CASE, record, body, updateId }, command);
    else {
      await changeHold(
        context,
        orgId,
        person.id,
        wish === 'place' ? holdOf(context, call, body.reason) : NO_HOLD,
      );
      const action = `person.${command.name}`;
      await context.repositories.audit.append({
        id: auditId(orgId, action, updateId),
        ...{ orgId, personId: person.id, actorId, action, atMs: context.now(), detail: { ...body } },
      });
    }
    return { status: 200, body: personView(await personOr404(context, orgId, person.id)) };
  });
}
