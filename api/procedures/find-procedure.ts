import type { CaseRecord, LeavingKind } from '../../shared/domain/case-record.ts';
import type { CaseKind } from '../../shared/domain/case-states.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import { DELETION_PROCEDURES } from '../../shared/domain/procedure/kinds/deletion.ts';
import { DEPARTURE_PROCEDURES } from '../../shared/domain/procedure/kinds/departure.ts';
import type { OwnProcedure } from '../../shared/domain/procedure/own-procedure.ts';
import {
  newestBuiltIn,
  type NamedProcedure,
  type ProcedureKind,
} from '../../shared/domain/procedure/procedure-kind.ts';
import { procedureKindOf } from '../../shared/domain/procedure/procedure-kinds.ts';
import type { ApiContext } from '../api-context.ts';

/** A version that can be planned with. `own`: where the organisation made it itself. */
export interface KnownProcedure<Procedure extends NamedProcedure = NamedProcedure> {
  readonly of: ProcedureKind<Procedure>;
  readonly procedure: Procedure;
  readonly own?: OwnProcedure;
}

type Procedures = Pick<ApiContext, 'repositories'>;

export function knownOwn<Procedure extends NamedProcedure>(
  of: ProcedureKind<Procedure>,
  own: OwnProcedure,
): KnownProcedure<Procedure> {
  return { of, procedure: of.own(own), own };
}

/** A version of any kind: one that ships, or one of the organisation's own. */
export async function findProcedure(
  context: Procedures,
  orgId: string,
  name: string,
): Promise<KnownProcedure | undefined> {
  const of = procedureKindOf(name);
  return of && findOfKind(context, orgId, of, name);
}

export async function findOfKind<Procedure extends NamedProcedure>(
  { repositories }: Procedures,
  orgId: string,
  of: ProcedureKind<Procedure>,
  name: string,
): Promise<KnownProcedure<Procedure> | undefined> {
  const procedure = of.builtIn.find((builtIn) => builtIn.name === name);
  if (procedure !== undefined) return { of, procedure };
  const own = await repositories.procedures.get(orgId, name);
  return own && knownOwn(of, own);
}

/** Versions are never changed and never go: one that somebody planned with or put in force is there. */
async function mustFind<Procedure extends NamedProcedure>(
  context: Procedures,
  orgId: string,
  of: ProcedureKind<Procedure>,
  name: string,
): Promise<Procedure> {
  const found = await findOfKind(context, orgId, of, name);
  if (found === undefined) throw new Error(`the procedure ${name} is missing`);
  return found.procedure;
}

/** The version a case was planned with. */
export function procedureOfCase<Procedure extends NamedProcedure>(
  context: Procedures,
  of: ProcedureKind<Procedure>,
  { orgId, plan }: Pick<CaseRecord, 'orgId' | 'plan'>,
): Promise<Procedure> {
  return mustFind(context, orgId, of, plan.procedure);
}

export function nameInForce(
  { departureProcedure, procedures }: Pick<Organisation, 'departureProcedure' | 'procedures'>,
  of: ProcedureKind,
): string {
  const chosen = of.kind === 'departure' ? departureProcedure : procedures?.[of.kind];
  return chosen ?? newestBuiltIn(of).name;
}

/** Puts `name` in force; the newest that ships means to follow the releases. */
export function withInForce(
  { procedures }: Pick<Organisation, 'procedures'>,
  { kind, builtIn }: ProcedureKind,
  name: string,
): { readonly [K in 'departureProcedure' | 'procedures']?: Organisation[K] | undefined } {
  const chosen = name === newestBuiltIn({ builtIn }).name ? undefined : name;
  if (kind === 'departure') return { departureProcedure: chosen };
  const { [kind]: _before, ...others }: Partial<Record<CaseKind, string>> = procedures ?? {};
  const all = chosen === undefined ? others : { ...others, [kind]: chosen };
  return { procedures: Object.keys(all).length === 0 ? undefined : all };
}

/** The version new cases of a kind are planned with. */
export function procedureInForce<Procedure extends NamedProcedure>(
  context: Procedures,
  organisation: Organisation,
  of: ProcedureKind<Procedure>,
): Promise<Procedure> {
  return mustFind(context, organisation.id, of, nameInForce(organisation, of));
}

/** The version new cases are planned with by which somebody goes. */
export function procedureFor(
  context: Procedures,
  organisation: Organisation,
  kind: LeavingKind,
): Promise<DepartureProcedure> {
  return procedureInForce(
    context,
    organisation,
    kind === 'deletion' ? DELETION_PROCEDURES : DEPARTURE_PROCEDURES,
  );
}

/** What a version says, as it would be sent to make the next one. */
export function templateOf({ of, procedure, own }: KnownProcedure): object {
  return own?.template ?? of.templateOf(procedure);
}
