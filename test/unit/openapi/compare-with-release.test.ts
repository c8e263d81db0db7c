import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compareWithRelease, keepRelease } from '../../../api/openapi/changes/compare-with-release.ts';
import { shipsDocument } from './ships.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-releases-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const GONE = 'POST /v1/ships/{id}/board is gone.';
const boats = shipsDocument({ path: '/v1/boats/:id/board' });

function keep(version: string, document = shipsDocument()): void {
  keepRelease(folder, { ...document, info: { ...document.info, version } });
}

function accept(...breaks: readonly string[]): void {
  const accepted = breaks.map((one) => ({ break: one, because: 'It was decided.' }));
  writeFileSync(join(folder, 'accepted-breaks.json'), JSON.stringify(accepted));
}

test('complains of a break, and of nothing when there is none', () => {
  keep('1.0.0');
  expect(compareWithRelease(folder, shipsDocument())).toEqual({ release: '1.0.0', complaints: [] });
  expect(compareWithRelease(folder, boats).complaints).toEqual([GONE]);
});

test('compares with the last release: 0.10.0 comes after 0.9.0', () => {
  keep('0.10.0');
  keep('0.9.0', boats);
  expect(compareWithRelease(folder, shipsDocument())).toEqual({ release: '0.10.0', complaints: [] });
});

test('lets a break pass that was decided on, until it is none', () => {
  keep('1.0.0');
  accept(GONE);
  expect(compareWithRelease(folder, boats).complaints).toEqual([]);
  expect(compareWithRelease(folder, shipsDocument()).complaints).toEqual([
    `Accepted, but nothing breaks like this: ${GONE}`,
  ]);
});

test('a release settles what was accepted before it, and is never written again', () => {
  keep('1.0.0');
  accept(GONE);
  keep('2.0.0', boats);
  expect(compareWithRelease(folder, boats)).toEqual({ release: '2.0.0', complaints: [] });
  expect(JSON.parse(readFileSync(join(folder, 'accepted-breaks.json'), 'utf8'))).toEqual([]);
  expect(() => keep('1.0.0', boats)).toThrow('EEXIST');
  expect(readdirSync(folder).toSorted()).toEqual(['1.0.0.json', '2.0.0.json', 'accepted-breaks.json']);
});

test('does not pass where there is no release to compare with', () => {
  expect(() => compareWithRelease(folder, boats)).toThrow('holds no document of a release');
});
