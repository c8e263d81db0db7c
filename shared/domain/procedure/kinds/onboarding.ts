import { onRelease } from '../../planner/on-release.ts';
import {
  ONBOARDING_PROCEDURE,
  type OnboardingProcedure,
  type OnboardingTemplate,
} from '../../planner/onboarding-procedure.ts';
import { onboardingFaults } from '../onboarding-faults.ts';
import type { ProcedureKind } from '../procedure-kind.ts';
import { sampleOnboarding } from '../sample-onboarding.ts';

export const ONBOARDING_PROCEDURES: ProcedureKind<OnboardingProcedure> = {
  kind: 'onboarding',
  builtIn: [ONBOARDING_PROCEDURE],
  own: ({ name, template }) => onRelease([ONBOARDING_PROCEDURE], name, template as OnboardingTemplate),
  templateOf: ({ name: _name, ...template }) => template,
  faults: onboardingFaults,
  usualTime: ({ startTime }) => startTime,
  samples: (procedure, calendar, { timeZone, time: startTime }) => [
    sampleOnboarding(procedure, calendar, { timeZone, startTime }),
  ],
};
