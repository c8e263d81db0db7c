import {
  ACTIVITY_KINDS,
  KINDS_OF_LEAVES,
  KINDS_OF_ROLE_CHANGES,
  type ActivityKind,
} from '../../shared/domain/step-kinds.ts';

const OF_OTHERS: readonly ActivityKind[] = ACTIVITY_KINDS.filter((kind) =>
  ([...KINDS_OF_LEAVES, ...KINDS_OF_ROLE_CHANGES] as readonly string[]).includes(kind),
);

/** What a departure may have: leaves and role changes have kinds of their own. */
export type DepartureKind = Exclude<
  ActivityKind,
  (typeof KINDS_OF_LEAVES)[number] | (typeof KINDS_OF_ROLE_CHANGES)[number]
>;
export const DEPARTURE_KINDS = ACTIVITY_KINDS.filter(
  (kind): kind is DepartureKind => !OF_OTHERS.includes(kind),
);
