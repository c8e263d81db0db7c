import { z } from 'zod';
import { breakingChanges } from '../../../api/openapi/changes/breaking-changes.ts';
import { describeApi } from '../../../api/openapi/describe-api.ts';
import type { OpenApiDocument } from '../../../api/openapi/open-api-document.ts';
import { gives, takes, type KeyedOperation } from '../../../api/openapi/operation.ts';

export type Changes = Partial<KeyedOperation>;

const boarding: KeyedOperation = {
  method: 'post',
  path: '/v1/ships/:id/board',
  tag: 'People',
  scope: 'people:write',
  summary: 'Board a ship',
  params: {
    id: { description: 'The ship.', example: 'x' },
    ship: { description: 'The ship.', example: 'x' },
  },
  answers: { 200: gives('Aboard.', z.strictObject({}), {}) },
  problems: [],
};

/** An API with one operation, and what a test changes of it. */
export function shipsDocument(changes: Changes = {}, name = 'boardShip'): OpenApiDocument {
  return describeApi({ [name]: { ...boarding, ...changes } }, '1.0.0');
}

export function breaksBetween(before: Changes, after: Changes): readonly string[] {
  return breakingChanges(shipsDocument(before), shipsDocument(after));
}

/** How its sentences begin. */
export const OF_BOARDING = 'POST /v1/ships/{id}/board: ';

export const bed = z.strictObject({ wide: z.boolean() });

/** A request with this one member. */
export function request(member: z.ZodType): Changes {
  return { body: takes(z.strictObject({ cabin: member }), {}) };
}

/** An answer with this one member. */
export function answer(member: z.ZodType): Changes {
  const content = { type: 'application/json', schema: z.strictObject({ cabin: member }) };
  return { answers: { 200: { description: 'Aboard.', headers: [], content } } };
}

export function query(parameter: z.ZodType): Changes {
  return { query: z.strictObject({ cabin: parameter }) };
}
