import type { Stub } from './stub-server.ts';

/* Departures as the API shows them, for a stub that answers with them. */

export const shownInstant = { utc: '2027-01-29T16:30:00.000Z', local: '2027-01-29T17:30+01:00' };
export const shownStep = { kind: 'x', needsApproval: false, rounds: [] };

export function shownView(state: string, steps: readonly object[], more: object = {}) {
  const plan = { timeZone: 'Europe/Zurich' };
  return {
    id: 'cas_1',
    personId: 'per_1',
    state,
    needsAttention: false,
    leaveAt: shownInstant,
    plan,
    steps,
    ...more,
  };
}

/** Each look finds the next one; the last is found again and again. */
export function inTurn(...views: readonly object[]): Stub {
  let looked = 0;
  return () => ({ body: views[Math.min(looked++, views.length - 1)] });
}
