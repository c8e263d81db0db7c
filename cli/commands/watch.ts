import type { StepStatus } from '../../shared/domain/case-states.ts';
import type { ShownDeparture } from '../../shared/platform/api-client/shown-departure.ts';
import type { CommandContext } from '../command-context.ts';
import { departureUpdates } from '../departures/departure-updates.ts';
import { localTime, localTimeOf } from '../departures/local-time.ts';
import { changesBetween, isOver, nextStep } from '../departures/timeline.ts';
import type { StepChange, WatchEnd } from '../departures/timeline.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { coloured } from '../terminal.ts';
import type { Colour, Terminal } from '../terminal.ts';

const COLOURS: Readonly<Record<StepStatus, Colour>> = {
  waiting: 'dim',
  running: 'dim',
  retrying: 'yellow',
  done: 'green',
  attested: 'green',
  not_applicable: 'dim',
  skipped: 'yellow',
  failed: 'red',
};

/** Whoever watches for weeks sees releases come: long enough for one that changes the database first. */
const OUTLIVES_MS = 5 * 60_000;

/** Shows what happens to a departure while it happens. `failed` when it needs somebody at the end. */
export async function watch(context: CommandContext, id: string, end: WatchEnd): Promise<ExitCode> {
  const print = context.json ? jsonLines(context.terminal) : textLines(context.terminal);
  const api = context.api({ patienceOnceAnsweredMs: OUTLIVES_MS });
  let before: ShownDeparture | undefined;
  for await (const now of departureUpdates(api, id, context.terminal.signal)) {
    for (const change of changesBetween(before, now, Date.now())) print.step(change, now);
    if (before === undefined || caseLine(before) !== caseLine(now)) print.theCase(now);
    if (isOver(now, end)) return now.needsAttention ? EXIT.failed : EXIT.fine;
    before = now;
  }
  return EXIT.fine;
}

interface Printer {
  step(change: StepChange, departure: ShownDeparture): void;
  theCase(departure: ShownDeparture): void;
}

function textLines(terminal: Terminal): Printer {
  return {
    step({ step, status, atMs, error }, { plan }) {
      const when = localTimeOf(atMs, plan.timeZone);
      const what = coloured(terminal, COLOURS[status], status.padEnd(14));
      const why = error === undefined || status === 'done' ? '' : `  ${error.sentence} (${error.code})`;
      terminal.out(`${when}  ${step.padEnd(26)} ${what}${why}`.trimEnd() + '\n');
    },
    theCase: (departure) => terminal.out(`${caseLine(departure)}\n`),
  };
}

function jsonLines(terminal: Terminal): Printer {
  const line = (value: object): void => terminal.out(`${JSON.stringify(value)}\n`);
  return {
    step: ({ atMs, ...change }) => line({ type: 'step', ...change, at: new Date(atMs).toISOString() }),
    theCase: ({ id, state, needsAttention, dueAt, closedAt }) =>
      line({
        ...{ type: 'departure', id, state, needsAttention },
        ...(dueAt === undefined ? {} : { dueAt: dueAt.utc }),
        ...(closedAt === undefined ? {} : { closedAt }),
      }),
  };
}

/** Where the case stands, in one line; printed again when it reads otherwise. */
function caseLine(departure: ShownDeparture): string {
  const { state, closedAt, dueAt, needsAttention } = departure;
  const next = nextStep(departure);
  const then =
    closedAt !== undefined || dueAt === undefined
      ? ''
      : `, next: ${localTime(dueAt)}${next === undefined ? '' : `  ${next.key}`}`;
  return `The departure is ${state}${needsAttention && state !== 'needs_attention' ? ' and needs attention' : ''}${then}.`;
}
