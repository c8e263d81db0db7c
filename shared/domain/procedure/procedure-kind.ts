import type { CaseKind } from '../case-states.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import type { Organisation } from '../organisation.ts';
import type { Plan } from '../plan.ts';
import type { OwnProcedure } from './own-procedure.ts';
import type { ProcedureFault } from './procedure-fault.ts';

/** A version of a procedure: its name, e.g. `departure@2`, and whatever its kind says besides. */
export interface NamedProcedure {
  readonly name: string;
}

/** When the cases take place that a procedure is checked and described by. */
export interface SampleTime {
  readonly timeZone: string;
  /** `HH:MM`, of the instant that days count from. */
  readonly time: string;
}

/** What the versions of the procedure of one kind of case have in common. Pure. */
export interface ProcedureKind<Procedure extends NamedProcedure = NamedProcedure> {
  readonly kind: CaseKind;
  /** Every version that ships, oldest first: an open case keeps the one it was planned with. */
  readonly builtIn: readonly [Procedure, ...Procedure[]];
  /** What a version says that an organisation made. */
  own(made: Pick<OwnProcedure, 'name' | 'template'>): Procedure;
  /** What a version that ships says, as it would be sent to make the next one. */
  templateOf(procedure: Procedure): object;
  /** Why a version is not accepted; empty when it is. The plans it gives are judged, not its numbers. */
  faults(procedure: Procedure, calendar: LocalCalendar): readonly ProcedureFault[];
  /** The local time that the days of a case count from, where the case does not say. */
  usualTime(procedure: Procedure, organisation: Pick<Organisation, 'leaveTime'>): string;
  /**
   * Plans of nobody, by the planner of all cases of the kind, on `SAMPLE_DAY`: the first has everything a case can have at once, the
   * others what cannot be had with it.
   */
  samples(procedure: Procedure, calendar: LocalCalendar, when: SampleTime): readonly [Plan, ...Plan[]];
}

/** The newest version that ships: what new cases are planned with, unless the organisation put another in force. */
export function newestBuiltIn<Procedure extends NamedProcedure>({
  builtIn,
}: Pick<ProcedureKind<Procedure>, 'builtIn'>): Procedure {
  return builtIn.at(-1) ?? builtIn[0];
}
