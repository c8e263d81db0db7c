import type { ApiClient } from '../shared/platform/api-client/api-client.ts';
import type { ShownDeparture, ShownStep } from '../shared/platform/api-client/shown-departure.ts';

const POLL_MS = 30;
const PATIENCE_MS = 30_000;

/** Prints each step once, when its result is there: instant, step, outcome, proof. */
export interface Timeline {
  /** Reads the departure and prints what is new. */
  look(): Promise<ShownDeparture>;
  /** Looks until something is as wanted; throws when it does not come to it. */
  until(what: (departure: ShownDeparture) => boolean): Promise<ShownDeparture>;
}

export function createTimeline(hr: ApiClient, departureId: string, print: (line: string) => void): Timeline {
  const printed = new Set<string>();

  async function look(): Promise<ShownDeparture> {
    const { body } = await hr.get(`/v1/departures/${departureId}`);
    const departure = body as unknown as ShownDeparture;
    const finished = departure.steps.filter(
      (step) => step.settledAt !== undefined || step.status === 'failed',
    );
    const fresh = finished.filter((step) => !printed.has(step.key));
    for (const step of fresh.sort((a, b) => whenOf(a).localeCompare(whenOf(b)))) {
      printed.add(step.key);
      print(lineOf(step));
    }
    return departure;
  }

  return {
    look,
    async until(what) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const departure = await look();
        if (what(departure)) return departure;
        if (performance.now() > deadline) throw new Error(`the departure stays ${departure.state}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
}

function whenOf(step: ShownStep): string {
  return step.settledAt ?? step.dueAt?.utc ?? '';
}

function lineOf(step: ShownStep): string {
  const when = whenOf(step).slice(0, 16).replace('T', ' ');
  const outcome = step.error === undefined ? step.status : `${step.status} ${step.error.code}`;
  return `${when}Z  ${step.key.padEnd(24)} ${outcome.padEnd(15)} ${proofOf(step)}`.trimEnd();
}

/** The facts of a proof on one line; addresses and long hashes are cut. */
function proofOf(step: ShownStep): string {
  const proof = step.rounds.at(-1)?.proof ?? {};
  const shown = Object.entries(proof).map(([name, value]) => {
    if (Array.isArray(value))
      return `${name} ${value.map((probe: { readonly result?: string }) => probe.result ?? '').join('/')}`;
    const text = textOf(value);
    return `${name} ${text.length > 24 ? `${text.slice(0, 12)}…` : text}`;
  });
  return shown.join(', ');
}

/** Of a step that makes several calls, what each was answered. */
function textOf(value: unknown): string {
  const answer: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'answer') : value;
  return String(answer);
}
