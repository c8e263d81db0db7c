import type { ReviewEngine } from '../../shared/contract/review-engine.ts';
import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';

/** Stands where Temporal stands, and keeps what it was told. */
export interface FakeReviewEngine extends ReviewEngine {
  /** Unreachable while true. */
  isDown: boolean;
  /** Schedules as they are now, by the id of their definition. */
  readonly schedules: Map<string, ReviewDefinition>;
  readonly triggered: string[];
  readonly told: Review[];
  /** Ids of reviews whose workflow somebody terminated. */
  readonly terminated: Set<string>;
}

export function createFakeReviewEngine(): FakeReviewEngine {
  const asked = <T>(answer: () => T): Promise<T | 'unavailable'> =>
    Promise.resolve(engine.isDown ? 'unavailable' : answer());
  const engine: FakeReviewEngine = {
    isDown: false,
    schedules: new Map(),
    triggered: [],
    told: [],
    terminated: new Set(),
    arrange: (definition) =>
      asked(() => {
        if (definition.removed === undefined) engine.schedules.set(definition.id, definition);
        else engine.schedules.delete(definition.id);
        return 'arranged' as const;
      }),
    isArranged: ({ id, rev, removed }) =>
      asked(() => {
        const found = engine.schedules.get(id);
        return removed === undefined ? found?.rev === rev : found === undefined;
      }),
    trigger: ({ id }) =>
      asked(() => {
        engine.triggered.push(id);
        return 'triggered' as const;
      }),
    nextTimes: ({ id, paused }) =>
      asked(() => (engine.schedules.has(id) && paused === undefined ? [Date.UTC(2027, 0, 1, 7)] : [])),
    isHeld: ({ id }) => asked(() => !engine.terminated.has(id)),
    tell: (review) =>
      asked(() => {
        engine.told.push(review);
        return 'told' as const;
      }),
  };
  return engine;
}
