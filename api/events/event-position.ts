import { Problem } from '../http/problem.ts';

/**
 * How far somebody has followed a departure, as its document counts: the revision whose summary they were told, and the last
 * step they were told of, by the change it was last seen in and its place in the plan. Each part only grows, and none of it is
 * kept anywhere else, so a follower goes on after any restart.
 */
export interface EventPosition {
  readonly rev: number;
  readonly sequence: number;
  /** From 1; 0: no step of this change yet. */
  readonly step: number;
  /** They know that the departure is over. */
  readonly ended: boolean;
}

export const START: EventPosition = { rev: -1, sequence: 0, step: 0, ended: false };

const ID = /^(?<rev>\d{1,15})\.(?<sequence>\d{1,15})\.(?<step>\d{1,6})(?<ended>\.end)?$/u;

export function eventIdOf({ rev, sequence, step, ended }: EventPosition): string {
  return `${rev}.${sequence}.${step}${ended ? '.end' : ''}`;
}

/** The position of the event a caller saw last; the start where there was none. Throws `EVENT_ID_INVALID`. */
export function positionOf(lastEventId: string | undefined): EventPosition {
  if (lastEventId === undefined || lastEventId === '') return START;
  const { rev, sequence, step, ended } = ID.exec(lastEventId)?.groups ?? {};
  if (rev === undefined) throw new Problem('EVENT_ID_INVALID', { field: 'Last-Event-ID' });
  return {
    rev: Number(rev),
    sequence: Number(sequence),
    step: Number(step),
    ended: ended !== undefined,
  };
}
