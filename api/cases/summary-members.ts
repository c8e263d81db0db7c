import { z } from 'zod';
import { CASE_STATES } from '../../shared/domain/case-states.ts';
import { instant, onlyTrue, shownInstant } from '../http/answer-fields.ts';

export const caseState = z.enum(CASE_STATES).meta({ id: 'CaseState' });

/** What a list shows of a case of any kind. */
export const summaryMembers = {
  id: z.string(),
  personId: z.string(),
  state: caseState,
  needsAttention: z.boolean(),
  frozen: onlyTrue,
  engine: z
    .enum(['requested', 'started'])
    .describe('`requested`: written, and started as soon as the engine can be reached.'),
  requestedBy: z.string().describe('The owner of the key that asked.'),
  requestedAt: instant,
  dueAt: shownInstant.optional().describe('When something happens next.'),
  pointOfNoReturnAt: instant.optional().describe('The first delete call: nothing is undone after it.'),
  closedAt: instant.optional(),
};

export const shownPlan = z.strictObject({ version: z.int(), procedure: z.string(), timeZone: z.string() });
