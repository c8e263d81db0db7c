import { DATABASE_FAILURES } from './database-failures.ts';
import { HOST_FAILURES } from './host-failures.ts';
import { PACKAGE_FAILURES } from './package-failures.ts';
import type { ExitCode, StartFailure } from './start-failure.ts';
import { TEMPORAL_FAILURES } from './temporal-failures.ts';

/** Every way a start can fail. Codes are stable: scripts may match on them. `docs/start-errors.md` is made from this. */
export const START_FAILURES = {
  ...PACKAGE_FAILURES,
  ...HOST_FAILURES,
  ...TEMPORAL_FAILURES,
  ...DATABASE_FAILURES,
};

export type StartErrorCode = keyof typeof START_FAILURES;

type ValuesOf<Code extends StartErrorCode> =
  (typeof START_FAILURES)[Code] extends StartFailure<infer Values> ? Values : never;

/** Why a start is given up: one sentence that a person may read, with its remedy and without secrets. Made by `startError`. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  private constructor(code: StartErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }

  get exitCode(): ExitCode {
    return START_FAILURES[this.code].exitCode;
  }

  static of<Code extends StartErrorCode>(
    code: Code,
    values: ValuesOf<Code>,
    options?: ErrorOptions,
  ): StartError {
    return new StartError(code, sentenceOf(code, values), options);
  }

  /** What another process said of itself. A code that is not in the catalogue counts as CHILD_FAILED. */
  static received(code: string, sentence: string): StartError {
    return new StartError(isStartErrorCode(code) ? code : 'CHILD_FAILED', sentence);
  }
}

export function sentenceOf<Code extends StartErrorCode>(code: Code, values: ValuesOf<Code>): string {
  const { problem, remedy } = START_FAILURES[code] as StartFailure<ValuesOf<Code>>;
  return `${problem(values)}${remedy === undefined ? '' : `: ${remedy(values)}`}.`;
}

function isStartErrorCode(code: string): code is StartErrorCode {
  return Object.hasOwn(START_FAILURES, code);
}
