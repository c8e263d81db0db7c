import type { RequestHandler } from 'express';
import type { KeyedOperation, Operation } from '../openapi/operation.ts';
import type { Answer, Call } from './call.ts';

/** An operation that needs a key, and what carries it out. Refusals are thrown as `Problem`. */
export interface Route extends KeyedOperation {
  handle(call: Call): Promise<Answer>;
}

/** An operation that needs no key. */
export interface OpenRoute extends Operation {
  readonly handlers: readonly RequestHandler[];
}

/** Gives every operation that is described its handler: none without a description, none without a handler. */
export function routesOf<Name extends string>(
  operations: Readonly<Record<Name, KeyedOperation>>,
  handlers: Readonly<Record<NoInfer<Name>, Route['handle']>>,
): readonly Route[] {
  return names(operations).map((name) => ({ ...operations[name], handle: handlers[name] }));
}

export function openRoutesOf<Name extends string>(
  operations: Readonly<Record<Name, Operation>>,
  handlers: Readonly<Record<NoInfer<Name>, readonly RequestHandler[]>>,
): readonly OpenRoute[] {
  return names(operations).map((name) => ({ ...operations[name], handlers: handlers[name] }));
}

function names<Name extends string>(operations: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(operations) as Name[];
}
