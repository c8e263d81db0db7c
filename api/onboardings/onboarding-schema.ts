import { z } from 'zod';
import { ONBOARDING_WARNINGS } from '../../shared/domain/planner/onboarding/plan-input.ts';
import { caseExample, caseSchema, onboardingRequest } from '../cases/case-schema.ts';
import { expectedCalls, stepKind } from '../cases/step-schema.ts';
import { shownInstant } from '../http/answer-fields.ts';
import { madeAddressSchema, namingWarningSchema } from '../naming/naming-schema.ts';
import { personExample, personSchema } from '../people/person-schema.ts';

const naming = {
  naming: madeAddressSchema.optional().describe('Where the address was made: why it is this one.'),
  namingWarnings: z.array(namingWarningSchema).optional().describe('Not refused, but perhaps not meant.'),
  aliasesLeftOut: z
    .array(z.string())
    .optional()
    .describe('What the template would have made, and belongs to somebody else.'),
};
const warnings = z.array(z.enum(ONBOARDING_WARNINGS));

export const requestedOnboardingSchema = z
  .strictObject({ ...caseSchema.shape, person: personSchema, ...naming, warnings })
  .meta({ id: 'RequestedOnboarding', description: 'The case, and who comes by it.' });

export const requestedOnboardingExample: z.output<typeof requestedOnboardingSchema> = {
  ...caseExample,
  person: { ...personExample, status: 'joining' },
  warnings: [],
};

export const onboardingSimulationSchema = z
  .strictObject({
    address: z.string(),
    aliases: z.array(z.string()),
    ...naming,
    procedure: z.string(),
    timeZone: z.string(),
    startAt: shownInstant,
    request: onboardingRequest.omit({ personId: true }),
    steps: z.array(
      z.strictObject({
        key: z.string(),
        kind: stepKind,
        at: shownInstant,
        calls: expectedCalls.describe('What would be called.'),
      }),
    ),
    warnings,
  })
  .meta({ id: 'OnboardingSimulation', description: 'Every step in the order of its instant.' });

const startAt = caseExample.effectiveAt;
const { personId: _person, ...request } = onboardingRequest.parse(caseExample.request);

/** One of some seven steps. */
export const onboardingSimulationExample: z.output<typeof onboardingSimulationSchema> = {
  address: personExample.address,
  aliases: [],
  aliasesLeftOut: [],
  namingWarnings: [],
  procedure: 'onboarding@1',
  timeZone: 'Europe/Zurich',
  startAt,
  request,
  steps: [
    {
      ...{ key: 'activate-account', kind: 'activateAccount', at: startAt },
      calls: [{ target: 'directory', operation: 'enable' }],
    },
  ],
  warnings: [],
};
