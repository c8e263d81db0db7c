import type { ApiContext } from '../api-context.ts';
import { paramOf } from '../http/call.ts';
import { routesOf, type Route } from '../http/route.ts';
import { listProcedures } from '../procedures/list-procedures.ts';
import { makeProcedure } from '../procedures/make-procedure.ts';
import { putInForce } from '../procedures/put-in-force.ts';
import { showInForce, showProcedure } from '../procedures/show-procedure.ts';
import { procedureOperations } from './procedure-operations.ts';

/** Procedures: what plans are made from, and what is written of them. Nothing of a version is ever changed. */
export function procedureRoutes(context: ApiContext): readonly Route[] {
  return routesOf(procedureOperations, {
    listProcedures: (call) => listProcedures(context, call),
    makeProcedure: (call) => makeProcedure(context, call),
    getProcedureInForce: (call) => showInForce(context, call),
    putProcedureInForce: (call) => putInForce(context, call),
    getProcedure: (call) => showProcedure(context, call, paramOf(call, 'name')),
  });
}
