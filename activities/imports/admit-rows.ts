import type { PassRef } from '../../shared/contract/import-engine.ts';
import { splitWords } from '../../shared/domain/imports/list-value.ts';
import { mapColumns, pickFields } from '../../shared/domain/imports/map-columns.ts';
import type { StagedRow } from '../../shared/domain/imports/import-row.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { TokenLimit } from '../../shared/domain/imports/token-bucket.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import type { QuotaRef } from '../../shared/platform/persistence/quota-repository.ts';
import type { ImportPorts } from './import-ports.ts';

export type Waiting = NonNullable<PeopleImport['waiting']>;

export interface Admission {
  /** The first ones of those that asked. */
  readonly rows: readonly StagedRow[];
  /** Why it is not all of them. */
  readonly waiting?: Waiting;
  /** Says that nothing more is done with their tokens: from this instant on they count. */
  readonly used: () => Promise<void>;
}

interface Bucket {
  readonly quota: QuotaRef;
  readonly limit: TokenLimit;
  readonly waitsFor: Omit<Waiting, 'untilMs' | 'limit'>;
  /** Whether a row takes one of its tokens. */
  takes(row: StagedRow): boolean;
}

const HOUR_MS = 3_600_000;

/**
 * As many of the rows, from the first on, as the quotas of their targets and the rate of the import have tokens for. Only rows that make
 * an address, as the dry run has it, take any. The same rows that ask again use the same tokens.
 */
export async function admitRows(
  ports: ImportPorts,
  pass: PassRef,
  theImport: PeopleImport,
  asking: readonly StagedRow[],
): Promise<Admission> {
  const { quotas } = ports.repositories;
  const key = `${theImport.id}:${asking[0]?.number ?? 0}`;
  const taken: { readonly bucket: Bucket; readonly granted: number }[] = [];
  let rows = asking;
  let waiting: Waiting | undefined;
  for (const bucket of pass.mode === 'run' ? await bucketsOf(ports, theImport) : []) {
    const wanted = rows.filter((row) => bucket.takes(row)).length;
    if (wanted === 0) continue;
    const wish = { key, wanted, nowMs: ports.clock.now() };
    const { granted, nextAtMs } = await quotas.take(bucket.quota, wish, bucket.limit);
    taken.push({ bucket, granted });
    if (nextAtMs === undefined) continue;
    rows = rows.slice(0, placeOf(granted, rows, bucket));
    waiting = { ...bucket.waitsFor, untilMs: nextAtMs, limit: bucket.limit };
  }
  const usedOf = (bucket: Bucket): number => rows.filter((row) => bucket.takes(row)).length;
  const keep = (bucket: Bucket): Promise<void> =>
    quotas.keep(bucket.quota, key, usedOf(bucket), ports.clock.now());
  // What one bucket has is of no use where another one has less.
  for (const { bucket, granted } of taken) if (usedOf(bucket) < granted) await keep(bucket);
  return {
    rows,
    ...(waiting === undefined ? {} : { waiting }),
    async used() {
      for (const { bucket } of taken) await keep(bucket);
    },
  };
}

/** Of the first row that has no token any more. */
function placeOf(granted: number, rows: readonly StagedRow[], bucket: Bucket): number {
  const taking = [...rows.keys()].filter((at) => bucket.takes(rows[at] as StagedRow));
  return taking[granted] ?? rows.length;
}

async function bucketsOf(
  { repositories }: ImportPorts,
  { orgId, id: importId, rate, headers, corrections }: PeopleImport,
): Promise<readonly Bucket[]> {
  const { targetQuotas = {} } = (await repositories.organisations.get(orgId)) ?? {};
  const { fields } = mapColumns(headers, corrections);
  const makesAddress = ({ dryRun }: StagedRow): boolean => dryRun?.status === 'created';
  const targetsOf = ({ values }: StagedRow): readonly string[] => {
    const { targets } = pickFields(fields, values);
    return targets === undefined ? [FIRST_TARGET] : splitWords(targets);
  };
  const ofTargets = Object.entries(targetQuotas).map(([target, { addresses, perHours }]): Bucket => ({
    quota: { orgId, target },
    limit: { most: addresses, periodMs: perHours * HOUR_MS },
    waitsFor: { for: 'quota', target },
    takes: (row) => makesAddress(row) && targetsOf(row).includes(target),
  }));
  const ofRate: readonly Bucket[] =
    rate === undefined
      ? []
      : [
          {
            quota: { orgId, importId },
            limit: { most: rate.rows, periodMs: rate.perHours * HOUR_MS },
            waitsFor: { for: 'rate' },
            takes: makesAddress,
          },
        ];
  return [...ofRate, ...ofTargets];
}
