/**
 * Case time. In production the system clock; under time skipping the workflow is months ahead of the wall, so tests and
 * the demo take the instant from the activity that runs.
 */
export interface Clock {
  now(): number;
}
