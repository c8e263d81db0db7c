import {
  ACTIVITY_KINDS,
  KINDS_OF_LEAVES,
  KINDS_OF_ONBOARDINGS,
  KINDS_OF_ROLE_CHANGES,
  type ActivityKind,
} from '../../shared/domain/step-kinds.ts';

/** Departures do not have them. */
export const KINDS_OF_OTHER_CASES = [
  ...KINDS_OF_LEAVES,
  ...KINDS_OF_ROLE_CHANGES,
  ...KINDS_OF_ONBOARDINGS,
] as const;

/** What a departure may have: the other cases have kinds of their own. */
export type DepartureKind = Exclude<ActivityKind, (typeof KINDS_OF_OTHER_CASES)[number]>;
export const DEPARTURE_KINDS = ACTIVITY_KINDS.filter(
  (kind): kind is DepartureKind => !(KINDS_OF_OTHER_CASES as readonly string[]).includes(kind),
);
