import { createImportActivities } from '../../activities/imports/import-activities.ts';
import type { ImportPorts } from '../../activities/imports/import-ports.ts';
import type { SliceOutcome } from '../../activities/imports/contract.ts';
import type { ImportEngine, PassRef } from '../../shared/contract/import-engine.ts';
import {
  pageIdOf,
  pageOfRow,
  ROWS_PER_PAGE,
  type RowResult,
  type StagedRow,
} from '../../shared/domain/imports/import-row.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { anImport, aPass, createFakeDesk, type FakeDesk } from './imports.ts';
import { anOrganisation, freshOrgId } from './test-repositories.ts';

export interface StagedOptions {
  readonly rows: number;
  readonly rowOf?: (number: number) => Partial<StagedRow>;
  readonly organisation?: Partial<Organisation>;
  readonly overrides?: Partial<PeopleImport>;
}

/** An import whose rows are in the database, at the beginning of a dry run, or of the run. */
export async function stagedImport(
  repositories: Repositories,
  { rows, rowOf = () => ({}), organisation = {}, overrides = {} }: StagedOptions,
) {
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId, organisation));
  const pages = pageOfRow(rows);
  const fresh = anImport(orgId);
  const theImport: PeopleImport = {
    ...fresh,
    file: { ...fresh.file, rows },
    staged: { pages, rows, atMs: 0 },
    ...overrides,
  };
  await repositories.imports.insert(theImport);
  for (let number = 1; number <= pages; number += 1) {
    const first = (number - 1) * ROWS_PER_PAGE + 1;
    const count = Math.min(ROWS_PER_PAGE, rows - first + 1);
    await repositories.imports.insertPage({
      ...{ id: pageIdOf(theImport.id, number), orgId, importId: theImport.id, number, rev: 0 },
      rows: Array.from({ length: count }, (_, index) => ({
        ...{
          number: first + index,
          line: first + index + 1,
          values: ['Ada', `Byron${first + index}`, '', '', ''],
        },
        ...rowOf(first + index),
      })),
    });
  }
  const ref = { orgId, importId: theImport.id };
  return {
    ...{ orgId, id: theImport.id },
    dryRun: (number = 1): PassRef => ({ ...ref, mode: 'dry_run', number }),
    run: { ...ref, mode: 'run', number: 1 } as PassRef,
    now: async () => (await repositories.imports.get(orgId, theImport.id))!,
    async rows(): Promise<readonly StagedRow[]> {
      const all = [];
      for (let number = 1; number <= pages; number += 1)
        all.push(...((await repositories.imports.getPage(orgId, theImport.id, number))?.rows ?? []));
      return all;
    },
    async change(changes: Parameters<Repositories['imports']['update']>[1]): Promise<void> {
      const current = (await repositories.imports.get(orgId, theImport.id))!;
      if ((await repositories.imports.update(current, changes)) === undefined) return this.change(changes);
    },
  };
}
export type StagedImport = Awaited<ReturnType<typeof stagedImport>>;

/** Every row would be created, as its dry run has it. */
export const DRIED: { readonly dryRun: RowResult } = { dryRun: { status: 'created' } };

/** At the beginning of the run, after a dry run. */
export const LAUNCHED: Partial<PeopleImport> = { state: 'running', run: aPass(1) };

const never: ImportEngine = { tell: () => Promise.resolve('told') };

export interface AtWork {
  readonly repositories: ImportPorts['repositories'];
  readonly desk?: FakeDesk;
  readonly nowMs?: () => number;
  readonly logs?: string[];
  readonly uploadsFolder?: string;
  readonly importEngine?: ImportEngine;
}

/** The activities of imports over a desk that makes nobody. */
export function importActivities({
  repositories,
  desk = createFakeDesk(),
  nowMs = () => 0,
  logs = [],
  uploadsFolder = '/nowhere',
  importEngine = never,
}: AtWork) {
  const log = (fields: object, message: string): void =>
    void logs.push(JSON.stringify({ ...fields, message }));
  return createImportActivities({
    ...{ repositories, desk, uploadsFolder, importEngine, heartbeat: () => undefined },
    ...{ clock: { now: nowMs }, log: { warn: log, error: log } },
  });
}

/** Slice after slice, until there is nothing to go on with. */
export async function untilItRests(slice: () => Promise<SliceOutcome>): Promise<SliceOutcome> {
  for (;;) {
    const outcome = await slice();
    if (outcome.kind !== 'more') return outcome;
  }
}

/** Three in a hundred fail, some are there already, some are warned about. */
export const judgeMixed = ({ number }: StagedRow): RowResult => {
  if (number % 33 === 0) return { status: 'failed', error: { code: 'INVALID_REQUEST' } };
  const warnings = number % 50 === 0 ? { warnings: [{ code: 'POSSIBLE_DUPLICATE' }] } : {};
  return { status: number % 7 === 0 ? 'unchanged' : 'created', personId: `per_${number}`, ...warnings };
};
export const aMixedDesk = (): FakeDesk => Object.assign(createFakeDesk(), { judge: judgeMixed });
