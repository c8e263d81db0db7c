import { procedurePosition } from '../../shared/domain/planner/procedure-name.ts';
import type { ProcedureKind } from '../../shared/domain/procedure/procedure-kind.ts';
import { procedureKind } from '../../shared/domain/procedure/procedure-kinds.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { knownOwn, type KnownProcedure } from './find-procedure.ts';
import { proceduresQuery } from './procedure-fields.ts';
import { procedureSummary } from './procedure-view.ts';

const positionOf = ({ procedure }: KnownProcedure): string => procedurePosition(procedure.name);

/** Every version there is of one kind for the organisation, newest first. */
export async function listProcedures(context: ApiContext, call: Call): Promise<Answer> {
  const { kind, ...wanted } = parse(proceduresQuery, call.query, 'query');
  const { orgId } = call.actor;
  const organisation = await organisationOf(context, orgId);
  const of = procedureKind(kind);
  return answerPage(call, wanted, {
    name: 'procedures',
    key: /^(?:[a-z-]{1,20}-)?\d{5}-\d{5}$/u,
    read: ({ limit, after }) => newestFirst(context, orgId, of, limit, after),
    keyOf: positionOf,
    show: (found) => found.map((known) => procedureSummary(known, organisation)),
  });
}

export async function newestName(context: ApiContext, orgId: string, of: ProcedureKind): Promise<string> {
  const [newest] = await newestFirst(context, orgId, of, 1);
  if (newest === undefined) throw new Error('no procedure ships with this release');
  return newest.procedure.name;
}

async function newestFirst(
  { repositories }: ApiContext,
  orgId: string,
  of: ProcedureKind,
  limit: number,
  before?: string,
): Promise<readonly KnownProcedure[]> {
  const own = await repositories.procedures.list(orgId, of.kind, {
    limit,
    ...(before === undefined ? {} : { before }),
  });
  const builtIn = of.builtIn.map((procedure): KnownProcedure => ({ of, procedure }));
  return [...own.map((one) => knownOwn(of, one)), ...builtIn]
    .filter((known) => before === undefined || positionOf(known) < before)
    .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1))
    .slice(0, limit);
}
