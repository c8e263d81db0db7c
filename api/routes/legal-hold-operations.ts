import { ofCommands } from '../cases/command-operations.ts';
import { DEPARTURE_ANSWERS } from '../cases/command-schema.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import { idempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { departureId, personId } from '../openapi/parameters.ts';
import { personExample, personSchema } from '../people/person-schema.ts';
import { OF_COMMANDS } from './departure-command-operations.ts';

const ofHold = {
  path: '/v1/departures/:id/legal-hold',
  scope: 'departures:write',
  params: { id: departureId },
  headers: ofCommands,
  answers: {
    200: DEPARTURE_ANSWERS.told,
  },
  problems: ['CONCURRENT_CHANGE', ...OF_COMMANDS],
} as const;

const ofPerson = {
  path: '/v1/people/:id/legal-hold',
  scope: 'departures:write',
  params: { id: personId },
  headers: [{ ...idempotencyKey, required: false }],
  answers: { 200: gives('The person.', personSchema, personExample) },
  problems: ['PERSON_NOT_FOUND', 'CONCURRENT_CHANGE', 'CASE_CLOSED', 'ENGINE_UNAVAILABLE'],
} as const;

export const legalHoldOperations = operations('Departures', {
  placeLegalHold: {
    ...ofHold,
    method: 'put',
    summary: 'Put the person on legal hold',
    description: 'Nothing of the person is deleted while it is there; everything else goes on.',
    body: takes(reasonFields, { 'With its reason': { reason: 'lawsuit 12/2027' } }),
  },
  liftLegalHold: {
    ...ofHold,
    method: 'delete',
    summary: 'Lift the legal hold',
    description: 'A grace that was under way starts anew.',
    body: takes(reasonFields, { 'With its reason': { reason: 'lawsuit settled' } }),
  },
  placePersonHold: {
    ...ofPerson,
    method: 'put',
    summary: 'Put a person on legal hold, with or without a departure',
    description: 'Also keeps archives beyond their retention. An open departure is told.',
    body: takes(reasonFields, { 'With its reason': { reason: 'lawsuit 12/2027' } }),
  },
  liftPersonHold: {
    ...ofPerson,
    method: 'delete',
    summary: 'Lift the legal hold of a person',
    body: takes(reasonFields, { 'With its reason': { reason: 'lawsuit settled' } }),
  },
});
