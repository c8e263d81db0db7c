import type { DepartureOptions, TestDeparture } from './departure.ts';

/** How the world deceives one kind of step. */
export interface Deceit {
  readonly stepKey: string;
  /** What the step must end with. */
  readonly errorCode: string;
  /** The days after the leave instant at which the lie begins; 0 is before anything happened. */
  readonly fromDay: number;
  /** The day on which the step must have been given up. */
  readonly redOnDay: number;
  /** The step is on the way back, which is asked for once the lie has begun. */
  readonly undone?: true;
  /** What the departure asks for besides. */
  readonly asks?: DepartureOptions;
  readonly begin: (departure: TestDeparture) => Promise<void> | void;
}
