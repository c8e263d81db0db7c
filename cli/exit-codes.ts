/** What the exit code of a command says. Stable: scripts match on them. */
export const EXIT = {
  fine: 0,
  /** What was asked for failed, or came to a bad end: a problem found, a departure that is red, a backup that was not made. */
  failed: 1,
  /** The command was not understood, or something it needs was not given. Nothing was done. */
  usage: 2,
  /** Gangway does not answer, or something behind it does not. */
  unreachable: 3,
  /** Gangway answered, and refused. */
  refused: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
Exit codes:
  0    fine
  1    failed, or a bad end: a problem was found, a departure is red
  2    not understood; nothing was done
  3    Gangway, or something behind it, does not answer
  4    refused; the message says why`;
