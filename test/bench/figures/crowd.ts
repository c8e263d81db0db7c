import { readFileSync } from 'node:fs';
import { furnishDesks } from '../../support/mass-departure.ts';
import {
  caller,
  hire,
  insist,
  raiseGuard,
  type Caller,
  type Employee,
  type Json,
} from '../../support/http-company.ts';
import type { PackagedMachine, PackagedStart } from '../../support/packaged-start.ts';

/** Many people of one organisation, and desks enough that no key meets its limit of requests. */
export interface Crowd {
  readonly desks: readonly Caller[];
  readonly people: readonly Employee[];
}

const IN_FLIGHT = 16;
/** A key answers 300 requests a minute; nobody here asks that fast for that long. */
const REQUESTS_PER_DESK = 100;

export async function hireCrowd(
  machine: PackagedMachine,
  start: PackagedStart,
  headcount: number,
): Promise<Crowd> {
  const first = caller(machine.baseUrl, await start.firstKey());
  await raiseGuard(first, machine.baseUrl, headcount);
  const desks = await furnishDesks(first, machine.baseUrl, Math.ceil(headcount / REQUESTS_PER_DESK) + 10);
  const numbers = Array.from({ length: headcount }, (_, index) => index);
  const people = await inTurns(numbers, (index) =>
    hire(deskOf(desks, index), {
      ...{ firstName: 'Lea', lastName: `Kern ${index}`, address: `lea.kern${index}@example.com` },
    }),
  );
  return { desks, people };
}

export function deskOf(desks: readonly Caller[], index: number): Caller {
  const desk = desks[index % desks.length];
  if (desk === undefined) throw new Error('there is no desk');
  return desk;
}

/** Asks for the departure of each; gives the ids of the cases. */
export function dismiss(
  { desks }: Crowd,
  people: readonly Employee[],
  wanted: Json,
): Promise<readonly string[]> {
  return inTurns(people, async ({ id: personId }, index) => {
    const body = { personId, reason: 'closing down', autoReply: { enabled: false }, ...wanted };
    const answer = await insist(deskOf(desks, index), 'POST', '/v1/departures', body);
    if (answer.status !== 202) throw new Error(`no departure: ${JSON.stringify(answer.body)}`);
    return String(answer.body['id']);
  });
}

const MINUTE = 60_000;

/** Asks for the departure of everybody at one instant, in a minute or two: time enough to ask, and for the notices. */
export async function dismissTogether(
  crowd: Crowd,
): Promise<{ readonly ids: readonly string[]; readonly leaveAtMs: number }> {
  const leaveAtMs = Math.ceil((Date.now() + 2 * MINUTE) / MINUTE) * MINUTE;
  const leave = new Date(leaveAtMs).toISOString();
  const when = { lastDay: leave.slice(0, 10), leaveTime: leave.slice(11, 16), timeZone: 'UTC' };
  return { ids: await dismiss(crowd, crowd.people, when), leaveAtMs };
}

/** Sixteen at a time. */
export async function inTurns<T, R>(
  items: readonly T[],
  run: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await run(items[at]!, at);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return results;
}

/** Items a second. */
export async function rateOf(count: number, run: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await run();
  return (count * 1000) / (performance.now() - startedAtMs);
}

export function anonymousMegabytes(pid: number): number {
  const found = /RssAnon:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}
