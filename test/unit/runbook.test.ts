import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { STEP_FAILURES } from '../../shared/errors/failure-types.ts';
import { configSchema, SECRET_VARIABLES } from '../../shared/platform/config/config-schema.ts';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

const text = readFileSync(join(packageRoot, 'docs', 'runbook.md'), 'utf8');

function all(pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];
}

test('every code of a failed step is in the table, with its sentence, and says what to do', () => {
  const start = text.indexOf('### What each code means');
  const table = text.slice(start, text.indexOf('\n### ', start + 1));
  const rows = [...table.matchAll(/^\| `(\w+)` +\| (yes|no) +\| (.*?) +\| (.*?) +\|$/gmu)];
  expect(rows.map(([, code, again, sentence]) => [code, again, sentence])).toEqual(
    Object.entries(STEP_FAILURES).map(([code, { retry, sentence }]) => [
      code,
      retry ? 'yes' : 'no',
      sentence,
    ]),
  );
  expect(rows.filter(([, , , , remedy]) => remedy === '')).toEqual([]);
});

test('every script it names can be run', () => {
  const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = all(/\bnpm run ([a-z:]+)/gu);
  expect(named).toEqual(expect.arrayContaining(['replay', 'migrate']));
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('every variable it sets is one that Gangway reads', () => {
  const known = [
    ...Object.keys(configSchema.shape),
    ...SECRET_VARIABLES.map((name) => `${name}_FILE`),
    // Of the embedded store as a process of its own.
    ...['GANGWAY_STORE_FOLDER', 'GANGWAY_STORE_SECRET_FILE'],
  ];
  const named = all(/\b((?:GANGWAY|TEMPORAL|MONGODB)_[A-Z_]+)\b/gu);
  expect(named).toEqual(expect.arrayContaining(['GANGWAY_SECRET_KEY_FILE', 'GANGWAY_MAX_CACHED_WORKFLOWS']));
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test('every place it points at within itself is there', () => {
  const places = new Set(
    [...text.matchAll(/^#+ (.*)$/gmu)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
  expect(all(/\]\(#([^)]*)\)/gu).filter((place) => !places.has(place))).toEqual([]);
});
