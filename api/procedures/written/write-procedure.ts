import type { LocalCalendar } from '../../../shared/domain/local-calendar.ts';
import { utc } from '../../http/instants.ts';
import { templateOf, type KnownProcedure } from '../find-procedure.ts';
import { PHASES } from './described-step.ts';
import { describedSteps } from './described-steps.ts';
import { writtenStep } from './step-facts.ts';
import { wordsOf } from './words/words-of.ts';
import type { Fact, WrittenProcedure } from './written-procedure.ts';

/** The written procedure: from the plan of a sample case, so that it says what is done. */
export function writeProcedure(
  known: KnownProcedure,
  of: {
    readonly calendar: LocalCalendar;
    readonly inForce: boolean;
    /** Of who made an own version, where it is known. */
    readonly makerName?: string;
  },
): WrittenProcedure {
  const { procedure, own } = known;
  const words = wordsOf(known.of.kind);
  const steps = describedSteps(known.of, procedure, of.calendar, words);
  const phases = words.phases(procedure);
  const origin: readonly Fact[] =
    own === undefined
      ? [['Made by', 'this release of Gangway; it cannot be edited']]
      : [
          ['Made by', of.makerName === undefined ? own.madeBy : `${of.makerName} (${own.madeBy})`],
          ['Made at', utc(own.madeAtMs)],
          ['Reason', own.reason],
          ['Follows', own.basedOn],
        ];
  return {
    title: words.title,
    purpose: words.purpose,
    facts: [
      ['Version', procedure.name],
      ['In force', of.inForce ? `yes: new ${words.cases} are planned by it` : 'no'],
      ...origin,
    ],
    phases: PHASES.flatMap((name) => {
      const phase = phases[name];
      const inIt = steps.filter((one) => one.phase === name).map((one) => writtenStep(one, words));
      return phase === undefined ? [] : [{ ...phase, steps: inIt }];
    }),
    reading: words.reading,
    failure: words.failure(steps),
    numbers: words.numbers(templateOf(known)),
  };
}
