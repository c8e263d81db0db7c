import { EXAMPLE } from './example-ids.ts';

/** A part of an address. An unknown one is answered with 404. */
export interface Parameter {
  readonly description: string;
  readonly example: string;
}

export const departureId: Parameter = { description: 'The id of a departure.', example: EXAMPLE.departure };
export const caseId: Parameter = { description: 'The id of a case.', example: EXAMPLE.onboarding };
export const leaveId: Parameter = { description: 'The id of a leave.', example: EXAMPLE.leave };
export const deletionId: Parameter = { description: 'The id of a deletion.', example: EXAMPLE.deletion };
export const importId: Parameter = { description: 'The id of an import.', example: EXAMPLE.import };
export const definitionId: Parameter = {
  description: 'The id of the definition of a review.',
  example: EXAMPLE.reviewDefinition,
};
export const reviewId: Parameter = { description: 'The id of a review.', example: EXAMPLE.review };
export const findingId: Parameter = { description: 'The id of a finding.', example: EXAMPLE.finding };
export const personId: Parameter = { description: 'The id of a person.', example: EXAMPLE.lea };
export const stepKey: Parameter = {
  description: 'The key of a step in the plan of the case.',
  example: 'remove-own-rules',
};
