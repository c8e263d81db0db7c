import type { Organisation } from '../../shared/domain/organisation.ts';
import { utc } from '../http/instants.ts';
import { nameInForce, templateOf, type KnownProcedure } from './find-procedure.ts';

/** A version in a list. */
export function procedureSummary(known: KnownProcedure, organisation: Organisation) {
  const { of, procedure, own } = known;
  return {
    name: procedure.name,
    kind: of.kind,
    origin: own === undefined ? 'built_in' : 'own',
    inForce: procedure.name === nameInForce(organisation, of),
    ...(own === undefined
      ? {}
      : { basedOn: own.basedOn, reason: own.reason, madeBy: own.madeBy, madeAt: utc(own.madeAtMs) }),
  };
}

export function procedureView(known: KnownProcedure, organisation: Organisation) {
  return { ...procedureSummary(known, organisation), template: templateOf(known) };
}
