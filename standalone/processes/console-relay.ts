const WARNING = 40;
const LONGEST_LINE = 240;
/** How a crash begins: Node's uncaught errors, Go's panics, our own last words. The stack below it is in the log file. */
const CRASH = /^(\w*Error\b|panic:|fatal error:|gangway )/;
const LEVEL_NAMES: Readonly<Record<string, number>> = {
  WARN: 40,
  ERROR: 50,
  DPANIC: 50,
  PANIC: 60,
  FATAL: 60,
};

/**
 * Takes a child's output in pieces and prints what a person at the console should see: warnings and errors of JSON logs
 * (from `level` on), and the first line of a crash. The same line is not printed twice in a row.
 */
export function createConsoleRelay(print: (line: string) => void, level = WARNING): (text: string) => void {
  let unfinished = '';
  let last = '';
  return (text) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const shown = worthShowing(line, level)?.slice(0, LONGEST_LINE);
      if (shown === undefined || shown === last) continue;
      last = shown;
      print(shown);
    }
  };
}

function worthShowing(line: string, level: number): string | undefined {
  if (!line.startsWith('{')) return CRASH.test(line) ? line : undefined;
  const entry = parse(line);
  if (entry === undefined || toLevel(entry['level']) < level) return undefined;
  const error = entry['err'] ?? entry['error'];
  return [entry['msg'] ?? entry['message'], messageOf(error)]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(': ');
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined; // Not a log entry after all; the file has it.
  }
}

function toLevel(level: unknown): number {
  if (typeof level === 'number') return level;
  return typeof level === 'string' ? (LEVEL_NAMES[level.toUpperCase()] ?? 0) : 0;
}

function messageOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
}
