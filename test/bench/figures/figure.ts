import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';

type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** Something measured, with the bound it is held to and, where the machine matters, a reference of the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly bound: Bound;
  /** What the value is set against; the bound where nothing else was measured. */
  readonly reference?: { readonly name: string; readonly value: number };
}

const KEPT_IN = join(packageRoot, '.gangway', 'bench', 'figures.ndjson');

/** Prints and keeps each figure, and only then fails where one misses its bound. */
export function hold(figures: readonly Figure[]): void {
  for (const figure of figures) show(figure);
  expect(figures.filter((figure) => !isMet(figure)).map(({ name }) => name)).toEqual([]);
}

function isMet({ value, bound }: Figure): boolean {
  return 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
}

function show(figure: Figure): void {
  const { name, unit, value, bound } = figure;
  const limit = 'atMost' in bound ? bound.atMost : bound.atLeast;
  const reference = figure.reference ?? { name: 'bound', value: limit };
  // A bound of nothing is no measure.
  const ratio = reference.value === 0 ? undefined : value / reference.value;
  const wanted = `${'atMost' in bound ? '<=' : '>='} ${limit} ${unit}`;
  const met = isMet(figure);
  const columns = [name.padEnd(54), wanted.padEnd(14), value.toFixed(2).padStart(10)];
  // Not through the console of the runner, which adds where a line came from.
  writeSync(1, `${met ? 'ok    ' : 'MISSED'} ${columns.join(' ')}   ${shownRatio(ratio, reference.name)}\n`);
  const kept = { name, unit, bound: wanted, value, ratio, ratioTo: reference.name, met };
  appendFileSync(KEPT_IN, `${JSON.stringify(kept)}\n`);
}

function shownRatio(ratio: number | undefined, to: string): string {
  return ratio === undefined ? '' : `${ratio.toFixed(2)} x ${to}`;
}

/** The value below which this share (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
