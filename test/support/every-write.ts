import { createImportActivities } from '../../activities/imports/import-activities.ts';
import { createRowDesk } from '../../api/imports/rows/create-row-desk.ts';
import type { PassRef } from '../../shared/contract/import-engine.ts';
import type { ImportMode, PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { dyingProcess, type Write } from './dying-process.ts';
import { untilItRests } from './staged-import.ts';
import type { TestApi } from './test-api.ts';
import { importOf, uploaded } from './uploaded-imports.ts';

/** Decides after which writes the process dies. */
export interface Mortality {
  /** How often it died after what is written with, as in `people.insertMany`. */
  readonly deaths: ReadonlyMap<string, number>;
  dies(last: Write): boolean;
}

export const immortal = (): Mortality => ({ deaths: new Map(), dies: () => false });

/**
 * Dies once after every write, known by what it writes: the attempt that follows comes to the next one. `isMeant`: after those alone
 * that are made with this.
 */
export function dyingOnceOfEach(isMeant: (name: string) => boolean = () => true): Mortality {
  const known = new Set<string>();
  const deaths = new Map<string, number>();
  return {
    deaths,
    dies(last) {
      const write = `${last.name} ${JSON.stringify(whatOf(last))}`;
      if (!isMeant(last.name) || known.has(write)) return false;
      known.add(write);
      deaths.set(last.name, (deaths.get(last.name) ?? 0) + 1);
      return true;
    },
  };
}

/** What is entered is known by its ids, as every attempt makes up something else in it; a change by what it changes, and how. */
function whatOf({ name, given }: Write): readonly unknown[] {
  if (!name.includes('.insert')) return given.slice(0, 2);
  return [given[0]].flat().map((document) => (document as { readonly _id: unknown })._id);
}

/** Besides one for each row: whoever dies more often dies of the same thing again and again. */
const MOST_ATTEMPTS = 100;

interface Lives {
  readonly mortality: Mortality;
  /** Counts what is written, by what it is written with. */
  readonly written: Map<string, number>;
  readonly mostAttempts: number;
}

/** Whatever it dies of, another process is asked for the same. Gives what the last of them answers. */
export async function outliving<T>(
  { repositories, engine, mailroom }: TestApi,
  { mortality, written, mostAttempts }: Lives,
  act: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; tried <= mostAttempts; tried += 1) {
    const process = dyingProcess(repositories.database.connection, (_written, last) => mortality.dies(last), [
      { name: 'engine', object: engine, calls: ['start', 'command'] },
      { name: 'mail', object: mailroom, calls: ['send'] },
    ]);
    let answer: { readonly given: T } | undefined;
    try {
      answer = { given: await act() };
    } catch (error) {
      if (!process.died) throw error;
    } finally {
      process.restart();
    }
    for (const name of process.written) written.set(name, (written.get(name) ?? 0) + 1);
    if (answer !== undefined && !process.died) return answer.given;
  }
  throw new Error('what is asked for does not come to its end');
}

/** An import of a file, from its upload to its end, by everything but the engine. */
export async function liveImport(
  api: TestApi,
  { file, query = '' }: { readonly file: string; readonly query?: string },
  mortality: Mortality,
): Promise<{ readonly theImport: PeopleImport; readonly written: ReadonlyMap<string, number> }> {
  const id = await uploaded(api, file, query);
  const mostAttempts = file.split('\n').length + MOST_ATTEMPTS;
  const written = new Map<string, number>();
  const through = (act: (activities: ReturnType<typeof activitiesOf>) => Promise<unknown>) =>
    outliving(api, { mortality, written, mostAttempts }, () => act(activitiesOf(api)));

  async function pass(mode: ImportMode): Promise<void> {
    await ask(api, id, mode === 'run' ? 'launch' : 'dry-run');
    const { orgId } = api;
    const ref: PassRef = { orgId, importId: id, mode, number: 1 };
    if (mode === 'dry_run') await through((activities) => activities.stageUpload(ref));
    await through((activities) => untilItRests(() => activities.carryOutSlice(ref)));
  }

  await pass('dry_run');
  await pass('run');
  return { theImport: await importOf(api, id), written };
}

async function ask(api: TestApi, id: string, action: string): Promise<void> {
  const reply = await api.request('POST', `/v1/imports/${id}/${action}`, {}, { idempotencyKey: action });
  if (reply.status !== 202) throw new Error(`${action} was refused: ${JSON.stringify(reply.body)}`);
}

function activitiesOf({ repositories, context, imports: importEngine }: TestApi) {
  const silent = (): void => undefined;
  return createImportActivities({
    ...{ repositories, desk: createRowDesk(context), uploadsFolder: context.uploads.folder, importEngine },
    ...{ clock: { now: context.now }, heartbeat: silent, log: { warn: silent, error: silent } },
  });
}
