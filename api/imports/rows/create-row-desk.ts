import { mapColumns } from '../../../shared/domain/imports/map-columns.ts';
import type { RowDesk, RowJob } from '../../../shared/contract/row-desk.ts';
import type { RowResult } from '../../../shared/domain/imports/import-row.ts';
import type { ApiContext } from '../../api-context.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import { makePeople, type Results } from './make-people.ts';
import { readRows, type ReadRow, type RowReading } from './read-rows.ts';
import { rehearsingRows } from './rehearsing-rows.ts';
import type { Scene } from './scene.ts';
import { throughTheDoor } from './through-the-door.ts';
import { writingRows } from './writing-rows.ts';

/** The rows of imports are carried out with what requests are carried out with. */
export function createRowDesk(context: ApiContext): RowDesk {
  return {
    async carryOut(job) {
      const scene = await sceneOf(context, job);
      const results: Results = new Map();
      for (const group of inGroups(await readRows(scene, job.rows)))
        for (const [number, result] of await carryOutGroup(scene, group)) results.set(number, result);
      return job.rows.map(({ number }) => resultOf(results, number));
    },
    forget: (_orgId, importId) => context.repositories.rehearsedClaims.removeAll(importId),
  };
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

async function carryOutGroup(scene: Scene, group: readonly RowReading[]): Promise<Results> {
  const results: Results = new Map();
  const makers: ReadRow[] = [];
  for (const reading of group) {
    if (!isRead(reading)) results.set(reading.row.number, reading.result);
    else if (reading.operation === 'create') makers.push(reading);
    else results.set(reading.row.number, await throughTheDoor(scene, reading));
  }
  if (makers.length > 0)
    for (const [number, result] of await makePeople(scene, makers)) results.set(number, result);
  return results;
}

function resultOf(results: Results, number: number): RowResult {
  const result = results.get(number);
  if (result === undefined) throw new Error(`row ${number} has no result`);
  return result;
}
