import type { ApiContext } from '../api-context.ts';
import { ONBOARDINGS } from '../cases/case-door.ts';
import { sendCommand } from '../cases/send-command.ts';
import { routesOf, type Route } from '../http/route.ts';
import { createOnboarding } from '../onboardings/create-onboarding.ts';
import { rescheduleOnboarding } from '../onboardings/reschedule-onboarding.ts';
import { simulateOnboarding } from '../onboardings/simulate-onboarding.ts';
import { onboardingOperations } from './onboarding-operations.ts';

/** Somebody comes. What becomes of it, and the other commands, are those of every case. */
export function onboardingRoutes(context: ApiContext): readonly Route[] {
  return routesOf(onboardingOperations, {
    simulateOnboarding: (call) => simulateOnboarding(context, call),
    requestOnboarding: (call) => createOnboarding(context, call),
    rescheduleOnboarding: (call) => sendCommand(context, call, ONBOARDINGS, rescheduleOnboarding),
  });
}
