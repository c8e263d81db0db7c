import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import {
  BUILT_IN_PROCEDURES,
  DEPARTURE_PROCEDURE,
  ownDeparture,
  type DepartureProcedure,
  type DepartureTemplate,
  type OwnProcedure,
} from '../../shared/domain/planner/departure-procedure.ts';
import { isWayBack } from '../../shared/domain/procedure/step-descriptions.ts';
import { isProcedureName } from '../../shared/domain/planner/procedure-name.ts';
import type { ApiContext } from '../api-context.ts';

/** A version that can be planned with. `own`: where the organisation made it itself. */
export interface KnownProcedure {
  readonly procedure: DepartureProcedure;
  readonly own?: OwnProcedure;
}

type Procedures = Pick<ApiContext, 'repositories'>;

export function knownOwn(own: OwnProcedure): KnownProcedure {
  return { procedure: ownDeparture(own), own };
}

/** A version that ships, or one of the organisation's own. */
export async function findProcedure(
  { repositories }: Procedures,
  orgId: string,
  name: string,
): Promise<KnownProcedure | undefined> {
  const procedure = BUILT_IN_PROCEDURES.find((builtIn) => builtIn.name === name);
  if (procedure !== undefined) return { procedure };
  if (!isProcedureName(name)) return undefined;
  const own = await repositories.procedures.get(orgId, name);
  return own && knownOwn(own);
}

/** Versions are never changed and never go: one that somebody planned with or put in force is there. */
async function mustFind(context: Procedures, orgId: string, name: string): Promise<DepartureProcedure> {
  const found = await findProcedure(context, orgId, name);
  if (found === undefined) throw new Error(`the procedure ${name} is missing`);
  return found.procedure;
}

/** The version a case was planned with. */
export function procedureOfCase(
  context: Procedures,
  { orgId, plan }: CaseRecord,
): Promise<DepartureProcedure> {
  return mustFind(context, orgId, plan.procedure);
}

export function nameInForce({ departureProcedure }: Pick<Organisation, 'departureProcedure'>): string {
  return departureProcedure ?? DEPARTURE_PROCEDURE.name;
}

/** The version new departures are planned with. */
export function procedureInForce(
  context: Procedures,
  organisation: Organisation,
): Promise<DepartureProcedure> {
  return mustFind(context, organisation.id, nameInForce(organisation));
}

/** What a version says, as it would be sent to make the next one. */
export function templateOf({ procedure, own }: KnownProcedure): DepartureTemplate {
  if (own !== undefined) return own.template;
  const { name: _name, ...template } = procedure;
  return { ...template, leavesOut: template.leavesOut.filter((kind) => !isWayBack(kind)) };
}
