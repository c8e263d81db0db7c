import { BUILT_IN_PROCEDURES } from '../../shared/domain/planner/departure-procedure.ts';
import { procedurePosition } from '../../shared/domain/planner/procedure-name.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { answerPage, pageQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { knownOwn, type KnownProcedure } from './find-procedure.ts';
import { procedureSummary } from './procedure-view.ts';

const positionOf = ({ procedure }: KnownProcedure): string => procedurePosition(procedure.name);

/** Every version there is for the organisation, newest first. */
export async function listProcedures(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(pageQuery, call.query, 'query');
  const { orgId } = call.actor;
  const organisation = await organisationOf(context, orgId);
  return answerPage(call, wanted, {
    name: 'procedures',
    key: /^\d{5}-\d{5}$/u,
    read: ({ limit, after }) => newestFirst(context, orgId, limit, after),
    keyOf: positionOf,
    show: (found) => found.map((known) => procedureSummary(known, organisation)),
  });
}

export async function newestName(context: ApiContext, orgId: string): Promise<string> {
  const [newest] = await newestFirst(context, orgId, 1);
  if (newest === undefined) throw new Error('no procedure ships with this release');
  return newest.procedure.name;
}

async function newestFirst(
  { repositories }: ApiContext,
  orgId: string,
  limit: number,
  before?: string,
): Promise<readonly KnownProcedure[]> {
  const own = await repositories.procedures.list(orgId, {
    limit,
    ...(before === undefined ? {} : { before }),
  });
  const builtIn = BUILT_IN_PROCEDURES.map((procedure): KnownProcedure => ({ procedure }));
  return [...own.map(knownOwn), ...builtIn]
    .filter((known) => before === undefined || positionOf(known) < before)
    .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1))
    .slice(0, limit);
}
