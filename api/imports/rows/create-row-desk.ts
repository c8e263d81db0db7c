import { mapColumns } from '../../../shared/domain/imports/map-columns.ts';
import type { RowDesk, RowJob } from '../../../shared/contract/row-desk.ts';
import type { RowResult } from '../../../shared/domain/imports/import-row.ts';
import type { ApiContext } from '../../api-context.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import { foretellGuard } from './foretell-guard.ts';
import { claimPeople, type Results } from './make-people.ts';
import { readRows, type ReadRow, type RowReading } from './read-rows.ts';
import { rehearsalOf, rehearsingRows } from './rehearsing-rows.ts';
import type { Scene } from './scene.ts';
import { throughTheDoor } from './through-the-door.ts';
import { writingRows } from './writing-rows.ts';

/** The rows of imports are carried out with what requests are carried out with. */
export function createRowDesk(context: ApiContext): RowDesk {
  return {
    async takeIn(job, before) {
      const scene = await sceneOf(context, job);
      const readings = await readRows(scene, job.rows);
      const inOrder = (results: Results) => job.rows.map(({ number }) => resultOf(results, number));
      if (!readings.every(makesSomebody)) {
        const last = await before;
        const all = await foretellGuard(scene, inOrder(await oneByOne(scene, readings)), last);
        return { results: Promise.resolve(all) };
      }
      const goOn = await claimGroup(scene, readings);
      await before;
      const results = goOn().then(inOrder);
      // Whoever waits for them hears of it.
      results.catch(() => undefined);
      return { results };
    },
    forget: (importId, number) =>
      context.repositories.rehearsedClaims.removeAll(rehearsalOf(importId, number)),
  };
}

async function oneByOne(scene: Scene, readings: readonly RowReading[]): Promise<Results> {
  const results: Results = new Map();
  for (const group of inGroups(readings)) {
    const goOn = await claimGroup(scene, group);
    for (const [number, result] of await goOn()) results.set(number, result);
  }
  return results;
}

async function sceneOf(context: ApiContext, { theImport, mode, isRepeated }: RowJob): Promise<Scene> {
  return {
    ...{ context, theImport, mode, isRepeated },
    organisation: await organisationOf(context, theImport.orgId),
    fields: mapColumns(theImport.headers, theImport.corrections).fields,
    writer: mode === 'run' ? writingRows(context, theImport) : rehearsingRows(context, theImport),
  };
}

/** Rows that make somebody go together as far as no other row stands between them: who comes first counts. */
function inGroups(readings: readonly RowReading[]): readonly (readonly RowReading[])[] {
  const groups: RowReading[][] = [];
  for (const reading of readings) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && makesSomebody(last) && makesSomebody(reading)) groups.at(-1)?.push(reading);
    else groups.push([reading]);
  }
  return groups;
}

/** Those that come to nothing stand in nobody's way. */
function makesSomebody(reading: RowReading): boolean {
  return !isRead(reading) || reading.operation === 'create';
}

function isRead(reading: RowReading): reading is ReadRow {
  return 'operation' in reading;
}

/** Rows that make somebody, or a single other one. */
async function claimGroup(scene: Scene, group: readonly RowReading[]): Promise<() => Promise<Results>> {
  const results: Results = new Map();
  const makers: ReadRow[] = [];
  for (const reading of group) {
    if (!isRead(reading)) results.set(reading.row.number, reading.result);
    else if (reading.operation === 'create') makers.push(reading);
    else results.set(reading.row.number, await throughTheDoor(scene, reading));
  }
  if (makers.length === 0) return () => Promise.resolve(results);
  const goOn = await claimPeople(scene, makers);
  return async () => new Map([...results, ...(await goOn())]);
}

function resultOf(results: Results, number: number): RowResult {
  const result = results.get(number);
  if (result === undefined) throw new Error(`row ${number} has no result`);
  return result;
}
