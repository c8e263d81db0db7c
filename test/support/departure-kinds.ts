import { ACTIVITY_KINDS, KINDS_OF_LEAVES, type ActivityKind } from '../../shared/domain/step-kinds.ts';

/** What a departure may have: leaves have kinds of their own. */
export type DepartureKind = Exclude<ActivityKind, (typeof KINDS_OF_LEAVES)[number]>;
export const DEPARTURE_KINDS = ACTIVITY_KINDS.filter(
  (kind): kind is DepartureKind => !(KINDS_OF_LEAVES as readonly ActivityKind[]).includes(kind),
);
