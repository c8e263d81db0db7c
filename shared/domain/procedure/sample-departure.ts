import { DELETION_ITEMS } from '../deletion.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import type { HandoverWays } from '../handover.ts';
import type { Plan } from '../plan.ts';
import type { DepartureProcedure } from '../planner/departure-procedure.ts';
import { planDeparture, type DeparturePlanInput } from '../planner/plan-departure.ts';
import { presetOf } from '../country-presets.ts';
import { SAMPLE_ASKED_AT_MS, SAMPLE_DAY, SAMPLE_ZONE } from './sample-day.ts';

const everything: HandoverWays = {
  access: 'yes',
  mail: 'yes',
  files: 'yes',
  calendars: 'yes',
  meetings: 'yes',
  contacts: 'yes',
};

/**
 * A departure of nobody, planned by the planner of all departures, with everything a departure can have at once. What a
 * procedure is checked and described by.
 */
export function sampleDeparture(
  procedure: DepartureProcedure,
  calendar: LocalCalendar,
  overrides: Partial<DeparturePlanInput> = {},
): Plan {
  const targets = overrides.targets ?? ['first'];
  const { plan } = planDeparture(
    {
      procedure,
      version: 1,
      nowMs: SAMPLE_ASKED_AT_MS,
      timeZone: SAMPLE_ZONE,
      lastDay: SAMPLE_DAY,
      leaveTime: '17:30',
      urgent: false,
      targets,
      ...(procedure.ofDeletion === true
        ? { asks: DELETION_ITEMS }
        : {
            autoReplyDays: procedure.autoReplyDays ?? presetOf('default').autoReply.days,
            leaverNoticeDaysBefore: procedure.leaverNoticeDaysBefore,
          }),
      redirect: { days: presetOf('default').redirect.days, outside: true, outlivesAccount: false },
      handover: {
        day: procedure.handoverDay,
        accessDays: 30,
        askRecipient: true,
        targets: Object.fromEntries(targets.map((target) => [target, everything])),
      },
      noticePossible: true,
      ...overrides,
    },
    calendar,
  );
  return plan;
}

/** Beyond any end a redirect may have before the account goes. */
const OUTLIVES: Partial<DeparturePlanInput> = {
  redirect: { days: 2_000, outside: true, outlivesAccount: true },
};
const RETAINED: Partial<DeparturePlanInput> = { retainUntil: '2034-06-02' };

/** What cannot be had together in one plan. */
export const SAMPLE_VARIANTS = { OUTLIVES, RETAINED } as const;
