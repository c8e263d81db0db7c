export const LEVELS = ['ok', 'warning', 'problem'] as const;
export type Level = (typeof LEVELS)[number];

/** What one check found: a sentence, with the remedy where there is something to do. Holds no secrets. */
export interface Finding {
  readonly check: string;
  readonly level: Level;
  readonly text: string;
}

export interface Check {
  readonly name: string;
  readonly run: () => Promise<Omit<Finding, 'check'>> | Omit<Finding, 'check'>;
}

export const ok = (text: string) => ({ level: 'ok', text }) as const;
export const warning = (text: string) => ({ level: 'warning', text }) as const;
export const problem = (text: string) => ({ level: 'problem', text }) as const;

/** A check that throws has found a problem: the errors of a start are sentences that name the remedy. */
export async function carryOut({ name, run }: Check): Promise<Finding> {
  try {
    return { check: name, ...(await run()) };
  } catch (error) {
    return { check: name, ...problem(error instanceof Error ? error.message : String(error)) };
  }
}
