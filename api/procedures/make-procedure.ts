import { nextOwnName } from '../../shared/domain/planner/procedure-name.ts';
import type { OwnProcedure } from '../../shared/domain/procedure/own-procedure.ts';
import type { ProcedureKind } from '../../shared/domain/procedure/procedure-kind.ts';
import { procedureKindOf } from '../../shared/domain/procedure/procedure-kinds.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertSound } from './check-procedure.ts';
import { findProcedure, knownOwn, procedureInForce } from './find-procedure.ts';
import { newestName } from './list-procedures.ts';
import { basedOnFields, newProcedureFieldsOf, withoutAbsent } from './procedure-fields.ts';
import { procedureDifference } from './procedure-difference.ts';
import { procedureView } from './procedure-view.ts';

/**
 * Makes the next version of the organisation's own, or shows what it would change (`dryRun`). It is in force for nobody
 * until it is put in force. Of two people who made theirs of the same version one is told of the other's.
 */
export async function makeProcedure(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const { basedOn } = parse(basedOnFields, call.body);
  const of = procedureKindOf(basedOn);
  if (of === undefined || (await findProcedure(context, orgId, basedOn)) === undefined)
    throw new Problem('PROCEDURE_UNKNOWN', { field: '/basedOn' });
  const wanted = parse(newProcedureFieldsOf(of.kind), call.body);
  const name = nextOwnName(wanted.basedOn);
  const template = withoutAbsent(wanted.template);
  if (wanted.dryRun) {
    await assertAcceptable(context, orgId, of, wanted.basedOn, { name, template });
    const difference = await differenceTo(context, orgId, of, { name, template });
    return { status: 200, body: { dryRun: true, name, template, difference } };
  }
  const options = { required: false, subjectId: newId('cas') };
  return idempotently(context, call, options, async ({ updateId }) => {
    const made = await insertOnce(context, call, of, wanted, { name, template, commandId: updateId });
    const detail = { name, basedOn: made.basedOn, reason: made.reason };
    await context.repositories.audit.append({
      id: auditId(orgId, 'procedure.made', name),
      ...{ orgId, actorId: made.madeBy, action: 'procedure.made', atMs: made.madeAtMs, detail },
    });
    const organisation = await organisationOf(context, orgId);
    return {
      status: 201,
      headers: { Location: `/v1/procedures/${name}` },
      body: {
        ...procedureView(knownOwn(of, made), organisation),
        difference: await differenceTo(context, orgId, of, made),
      },
    };
  });
}

/** The version as it is stored: by this command, also where an earlier attempt of it got that far. */
async function insertOnce(
  context: ApiContext,
  { actor }: Call,
  of: ProcedureKind,
  { basedOn, reason }: Pick<OwnProcedure, 'basedOn' | 'reason'>,
  given: Pick<OwnProcedure, 'name' | 'template' | 'commandId'>,
): Promise<OwnProcedure> {
  const { procedures } = context.repositories;
  const before = await procedures.get(actor.orgId, given.name);
  if (before?.commandId === given.commandId) return before;
  await assertAcceptable(context, actor.orgId, of, basedOn, given);
  const made: OwnProcedure = {
    ...{ ...given, basedOn, reason, orgId: actor.orgId, madeBy: actor.ownerId, madeAtMs: context.now() },
  };
  if ((await procedures.insert(made)) === 'inserted') return made;
  const stored = await procedures.get(actor.orgId, given.name);
  if (stored?.commandId === given.commandId) return stored;
  throw await outdated(context, actor.orgId, of);
}

async function assertAcceptable(
  context: ApiContext,
  orgId: string,
  of: ProcedureKind,
  basedOn: string,
  given: Pick<OwnProcedure, 'name' | 'template'>,
): Promise<void> {
  if ((await newestName(context, orgId, of)) !== basedOn) throw await outdated(context, orgId, of);
  assertSound(context, of, of.own(given), (pointer) => `/template${pointer}`);
}

async function outdated(context: ApiContext, orgId: string, of: ProcedureKind): Promise<Problem> {
  const newest = await newestName(context, orgId, of);
  return new Problem('PROCEDURE_OUTDATED', { field: '/basedOn', members: { newest } });
}

async function differenceTo(
  context: ApiContext,
  orgId: string,
  of: ProcedureKind,
  made: Pick<OwnProcedure, 'name' | 'template'>,
) {
  const organisation = await organisationOf(context, orgId);
  const inForce = await procedureInForce(context, organisation, of);
  return procedureDifference(context, organisation, of, inForce, of.own(made));
}
