import { expect } from '@jest/globals';
import { comparable } from './comparable.ts';
import { dyingProcess, type DyingProcess } from './dying-process.ts';
import { documentsOf } from './everything-stored.ts';
import { NOW_MS, type Json, type Reply, type TestApi } from './test-api.ts';

/** Something that writes, and is sent again when its process died. */
export interface WritingCommand<World> {
  /** What the line that is printed calls it. */
  readonly name: string;
  /** What there is before, in an organisation of its own. */
  readonly prepare: (api: TestApi) => Promise<World>;
  /** Without an answer: nobody waits for it. */
  readonly send: (api: TestApi, world: NoInfer<World>) => Promise<Reply | undefined>;
  /** Work of the API beside its requests that has a part in it. */
  readonly background?: (api: TestApi) => Promise<unknown>;
  /** That work brings it to its end, or back to its beginning, also where nobody sends it again. */
  readonly endsAlone?: true;
  /** What tells how it went and not what came of it: members, stored or answered, and whole documents. */
  readonly mayDiffer?: { readonly members?: readonly string[]; readonly documents?: RegExp };
  /** What only somebody who uses the result can tell. */
  readonly check?: (api: TestApi, world: NoInfer<World>, reply: Reply) => Promise<void>;
}

/** A request, sent under one key however often. */
export const asking =
  <World>(asks: (world: World) => readonly [method: string, path: string, body?: Json | undefined]) =>
  (api: TestApi, world: World): Promise<Reply> =>
    api.request(...asks(world), { idempotencyKey: 'once' });

/** They count tries. */
const REVISIONS = ['rev', 'ETag'];
/** Long enough for the attempt that died to be over. */
const LATER_MS = 10_000;

/** A command that was carried out: what it wrote, and how everything stands after it. */
interface Carried {
  readonly written: readonly string[];
  readonly end: readonly string[];
}

/**
 * Counts the writes of a command that nobody disturbs, then has it die right after each of them, and sent again: in the end everything
 * must be as if it had not died. After a write is before the next one, so each write is one point.
 */
export async function assertRepaired<World>(api: TestApi, command: WritingCommand<World>): Promise<void> {
  const undisturbed = await inItsOwnOrganisation(api, command, undisturbedly);
  const halves: Json[] = [];
  for (const [index, write] of undisturbed.written.entries()) {
    const { end } = await inItsOwnOrganisation(api, command, (round) =>
      dyingAt(round, index + 1, undisturbed),
    );
    const found = differences(undisturbed.end, end);
    if (found.length > 0) halves.push({ write, differences: found });
  }
  const points = undisturbed.written.length;
  process.stdout.write(`${command.name}: ${points} points, ${points - halves.length} repaired\n`);
  expect(points).toBeGreaterThan(0);
  expect(halves).toEqual([]);
}

interface Round {
  readonly api: TestApi;
  readonly command: Pick<WritingCommand<unknown>, 'background' | 'endsAlone'>;
  /** Every document and mail, and what was answered. */
  readonly standing: (reply?: Reply) => Promise<readonly string[]>;
  /** With a process that dies after the n-th write, where one is named. */
  readonly send: (
    nthWrite?: number,
  ) => Promise<{ readonly reply: Reply | undefined; readonly process: DyingProcess }>;
}

async function inItsOwnOrganisation<World>(
  shared: TestApi,
  command: WritingCommand<World>,
  carryOut: (
    round: Round,
  ) => Promise<{ readonly reply: Reply | undefined; readonly written: readonly string[] }>,
): Promise<Carried> {
  shared.clock.nowMs = NOW_MS;
  const api = await shared.anotherOrganisation();
  const world = await command.prepare(api);
  const mailsBefore = api.mailroom.mails.length;
  const { members = [], documents: attempts } = command.mayDiffer ?? {};

  async function standing(reply?: Reply): Promise<readonly string[]> {
    const documents = await documentsOf(api.repositories, api.orgId);
    const mails = api.mailroom.mails.slice(mailsBefore).map((mail) => ['mail', mail]);
    const answers = reply === undefined ? [] : [['answer', { status: reply.status, body: reply.body }]];
    const texts = comparable(
      [...documents, ...mails, ...answers],
      api.orgId,
      new Set([...REVISIONS, ...members]),
    );
    return texts.filter((text) => attempts?.test(text) !== true);
  }
  async function send(nthWrite?: number) {
    const process = dyingProcess(
      api.repositories.database.connection,
      (written) => written.length === nthWrite,
      [
        { name: 'engine', object: api.engine, calls: ['start', 'command'] },
        { name: 'mail', object: api.mailroom, calls: ['send'] },
      ],
    );
    const reply = await command.send(api, world).finally(() => {
      process.restart();
    });
    return { reply, process };
  }

  const { reply, written } = await carryOut({ api, command, standing, send });
  await command.background?.(api);
  const end = await standing(reply);
  if (reply !== undefined) await command.check?.(api, world, reply);
  return { written, end };
}

async function undisturbedly({ send }: Round) {
  const { reply, process } = await send();
  expect(reply?.status ?? 200).toBeLessThan(300);
  return { reply, written: process.written };
}

async function dyingAt({ api, command, standing, send }: Round, nthWrite: number, undisturbed: Carried) {
  const start = lasting(await standing());
  const { reply, process } = await send(nthWrite);
  expect([process.died, reply?.status ?? 500]).toEqual([true, 500]);
  api.clock.nowMs += LATER_MS;
  if (command.endsAlone) {
    await command.background?.(api);
    const left = lasting(await standing());
    if (differences(start, left).length > 0) expect(differences(lasting(undisturbed.end), left)).toEqual([]);
  }
  return { reply: (await send()).reply, written: process.written };
}

/** A request that is waited for is no change. */
const lasting = (texts: readonly string[]) =>
  texts.filter((text) => !/^\["(?:answer|idempotency)"/u.test(text));

const differences = (expected: readonly string[], found: readonly string[]): readonly string[] => [
  ...notIn(found, expected).map((one) => `missing: ${one}`),
  ...notIn(expected, found).map((one) => `not wanted: ${one}`),
];

/** Also what is there twice and should be once. */
function notIn(others: readonly string[], texts: readonly string[]): readonly string[] {
  const left = [...others];
  return texts.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
