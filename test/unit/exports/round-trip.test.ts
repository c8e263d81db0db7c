import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ImportField } from '../../../shared/domain/imports/import-fields.ts';
import { splitList } from '../../../shared/domain/imports/list-value.ts';
import { mapColumns, pickFields } from '../../../shared/domain/imports/map-columns.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { PERSON_COLUMNS, personTable } from '../../../shared/platform/exports/person-columns.ts';
import { EXPORT_FORMATS, writeTable } from '../../../shared/platform/exports/write-table.ts';
import { openImportFile } from '../../../shared/platform/imports/open-import-file.ts';
import { aPerson } from '../../support/test-repositories.ts';
import { givenRows } from './given-rows.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-round-trip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One line, as the API takes it: something to read, and no space at either end. */
const word = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '=1+1',
      "'=1",
      "''＋x",
      '-5',
      '@x',
      'a;b',
      'a\\;b',
      '"q"',
      '00017',
      '2027-01-29',
      'TRUE',
      '1e5',
    ),
  )
  .map((text) => text.replaceAll(/\p{Cc}|\p{Cs}|\p{Z}+/gu, ' ').trim())
  .filter((text) => text !== '');
const words = fc.uniqueArray(word, { maxLength: 4 });
const person: fc.Arbitrary<Person> = fc
  .record(
    {
      ...{ firstName: word, lastName: word, department: word, privateContact: word, externalId: word },
      ...{ aliases: words, groups: words, endsOn: fc.constantFrom('2027-03-31', '2028-02-29') },
      ...{ protected: fc.boolean(), quotaBytes: fc.integer({ min: 1, max: 1024 ** 4 }) },
    },
    { requiredKeys: ['firstName', 'lastName', 'aliases', 'groups', 'protected', 'quotaBytes'] },
  )
  .map((given) => aPerson('org_1', given as Partial<Person>));

/** What an import would have to understand: the person in words. */
function inWords(one: Person): Readonly<Partial<Record<ImportField, unknown>>> {
  const { id: personId, firstName, lastName, address, domain } = one;
  const { externalId, department, privateContact, endsOn } = one;
  const { managerId, timeZone, country, locale } = one;
  const optional = { externalId, department, privateContact, endsOn, managerId, timeZone, country, locale };
  return {
    personId,
    ...{ firstName, lastName, address, domain, accountRole: one.accountRole },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    ...{ aliases: one.aliases, groups: one.groups, targets: one.accounts.map(({ target }) => target) },
    ...{ quotaBytes: one.quotaBytes, protected: one.protected },
  };
}

const READS: Readonly<Partial<Record<ImportField, (text: string) => unknown>>> = {
  ...{ aliases: splitList, groups: splitList, targets: splitList },
  ...{ quotaBytes: Number, protected: (text) => text.toLowerCase() === 'true' },
};

async function readBack(path: string): Promise<readonly unknown[]> {
  const file = await openImportFile(path);
  const mapping = mapColumns(file.headers);
  expect(mapping.kind).toBe('mapped');
  const found: unknown[] = [];
  for await (const { values } of file.rows()) {
    const said = { aliases: '', groups: '', targets: '', ...pickFields(mapping.fields, values) };
    found.push(
      Object.fromEntries(
        Object.entries(said).map(([field, text]) => [field, READS[field as ImportField]?.(text) ?? text]),
      ),
    );
  }
  return found;
}

test.each(EXPORT_FORMATS)('what is exported as %s is read back without loss', async (format) => {
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 5 }), async (people) => {
      const path = join(folder, `people.${format}`);
      const table = personTable(givenRows(people), PERSON_COLUMNS);
      await writeFile(path, writeTable(format, table, { name: 'People' }));
      expect(await readBack(path)).toEqual(people.map(inWords));
    }),
    { numRuns: 100 },
  );
});
