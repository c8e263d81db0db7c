/**
 * What a process that gives up its start leaves with, after sysexits.h: 70 a fault of the package or of this machine, 75 may
 * pass by itself, so that trying again is reasonable, 78 somebody must change something first, 130 as after Ctrl-C.
 */
export type ExitCode = 70 | 75 | 78 | 130;

/** One way a start can fail. Both texts are parts of one sentence: small beginning where it may stand behind a colon, no full stop. */
export interface StartFailure<Values> {
  readonly exitCode: ExitCode;
  readonly problem: (values: Values) => string;
  /** Absent where the problem says what to do. */
  readonly remedy?: (values: Values) => string;
}

/** For failures with nothing to fill in. */
export type NoValues = Readonly<Record<string, never>>;

export function failure<Values = NoValues>(
  exitCode: ExitCode,
  problem: (values: Values) => string,
  remedy?: (values: Values) => string,
): StartFailure<Values> {
  return { exitCode, problem, ...(remedy === undefined ? {} : { remedy }) };
}
