import { z } from 'zod';
import { instant, shownInstant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { manualMembers, stepKind, stepStatus } from './step-schema.ts';

const items = z.array(
  z.strictObject({
    key: z.string(),
    kind: stepKind,
    ...manualMembers,
    dueAt: shownInstant.optional(),
    status: stepStatus,
    attestedBy: z.string().optional(),
    settledAt: instant.optional(),
    proof: z.record(z.string(), z.unknown()).optional().describe('How it can be seen.'),
  }),
);
const description = 'What people do by hand.';

export const checklistSchema = z
  .strictObject({ departureId: z.string(), items })
  .meta({ id: 'Checklist', description });
export const caseChecklistSchema = z
  .strictObject({ caseId: z.string(), items })
  .meta({ id: 'CaseChecklist', description });

const itemsExample: z.output<typeof items> = [
  {
    key: 'transfer-files',
    kind: 'transferFiles',
    manual: true,
    ownerId: EXAMPLE.mona,
    dueAt: { utc: '2027-02-05T16:30:00.000Z', local: '2027-02-05T17:30+01:00' },
    status: 'waiting',
  },
];
export const checklistExample = { departureId: EXAMPLE.departure, items: itemsExample };
export const caseChecklistExample = { caseId: EXAMPLE.onboarding, items: itemsExample };
