import fc from 'fast-check';
import type { CaseEvent } from '../../../shared/domain/case/case-event.ts';
import { openDeparture } from './sample-plan.ts';

const keys = openDeparture().plan.steps.map((step) => step.key);
const ofRound = { key: fc.constantFrom(...keys), round: fc.integer({ min: 1, max: 3 }) };
/** Anything that can happen to a departure of the usual plan, in whatever order. */
export const caseEvent: fc.Arbitrary<(atMs: number) => CaseEvent> = fc
  .oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('stepStarted' as const), ...ofRound }) },
    fc.record({
      kind: fc.constant('stepRetrying' as const),
      ...ofRound,
      errorCode: fc.constant('TARGET_UNAVAILABLE'),
    }),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('stepSettled' as const),
        ...ofRound,
        outcome: fc.constantFrom('done' as const, 'not_applicable' as const),
      }),
    },
    fc.record({
      kind: fc.constant('stepFailed' as const),
      ...ofRound,
      errorCode: fc.constantFrom('LOCKOUT_DRIFTED', 'TARGET_REFUSED'),
      called: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('stepWithdrawn' as const), ...ofRound, called: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom(
        'paused' as const,
        'resumed' as const,
        'holdPlaced' as const,
        'holdLifted' as const,
        'frozen' as const,
        'unfrozen' as const,
        'released' as const,
        'checklistAwaited' as const,
      ),
    }),
    fc.record({
      kind: fc.constantFrom('retried' as const, 'reapplied' as const, 'approvalAwaited' as const),
      key: fc.constantFrom(...keys),
    }),
    fc.record({
      kind: fc.constant('approved' as const),
      key: fc.constant('purge-gate'),
      actorId: fc.constant('own_other'),
    }),
    fc.record({
      kind: fc.constant('skipAsked' as const),
      key: fc.constantFrom(...keys),
      actorId: fc.constantFrom('own_a', 'own_b'),
    }),
    fc.record({ kind: fc.constant('stepFlagged' as const), key: fc.constantFrom(...keys) }),
    fc.record({
      kind: fc.constant('noticeSent' as const),
      notice: fc.constantFrom('attention' as const, 'approval' as const),
    }),
  )
  .map((news) => (atMs: number) => ({ ...news, atMs }));
