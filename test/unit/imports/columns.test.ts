import { expect, test } from '@jest/globals';
import { personCreation } from '../../../api/people/person-fields.ts';
import { COLUMN_NAMES } from '../../../shared/domain/imports/column-names.ts';
import { guessColumns, wordKey } from '../../../shared/domain/imports/guess-columns.ts';
import {
  IMPORT_FIELDS,
  ROW_ERROR_HEADER,
  ROW_ID_HEADER,
  type ImportField,
} from '../../../shared/domain/imports/import-fields.ts';
import { hasSurplus, mapColumns, pickFields } from '../../../shared/domain/imports/map-columns.ts';

test.each([
  [
    'English',
    'First name,Surname,E-mail,Staff number,Role,Manager,Department,Time zone,Country,Language,Password',
  ],
  [
    'French',
    'Prénom,Nom,Adresse e-mail,Matricule,Rôle,Responsable,Service,Fuseau horaire,Pays,Langue,Mot de passe',
  ],
  [
    'German',
    'Vorname,Name,E-Mail-Adresse,Personal-Nr.,Rolle,Führungskraft,Abteilung,Zeitzone,Land,Sprache,Passwort',
  ],
  [
    'Italian',
    'Nome,Cognome,Indirizzo e-mail,Matricola,Ruolo,Responsabile,Reparto,Fuso orario,Paese,Lingua,password iniziale',
  ],
  [
    'the words of the API',
    'firstName,lastName,address,externalId,accountRole,managerId,department,timeZone,country,locale,password',
  ],
  [
    'the words of an export',
    'first_name,last_name,address,external_id,account_role,manager,department,time_zone,country,locale,password',
  ],
])('headers in %s are understood', (_, headers) => {
  expect(guessColumns(headers.split(','))).toEqual([
    ...['firstName', 'lastName', 'address', 'externalId', 'accountRole', 'managerId'],
    ...['department', 'timeZone', 'country', 'locale', 'password'],
  ]);
});

test('everything that can be said of somebody new has a column', () => {
  const inOtherWords = ['onTaken', 'credentials'];
  const said = Object.keys(personCreation.shape).filter((field) => !inOtherWords.includes(field));
  expect([...IMPORT_FIELDS]).toEqual(expect.arrayContaining(said));
});

test('every field is found by its own word in every way of writing it, and in four languages', () => {
  for (const field of IMPORT_FIELDS) {
    const { own, en, fr, de, it, vague = [] } = COLUMN_NAMES[field];
    for (const word of [
      own,
      field,
      own.toUpperCase(),
      own.replaceAll('_', ' '),
      ...en,
      ...fr,
      ...de,
      ...it,
      ...vague,
    ])
      expect([word, guessColumns([word])[0]]).toEqual([word, field]);
    const isOurs = field === 'rowId' || field === 'personId';
    for (const words of [fr, de, it]) expect(words.length > 0).toBe(!isOurs);
  }
});

test('no word stands for two fields', () => {
  const fieldsOf = new Map<string, Set<ImportField>>();
  for (const field of IMPORT_FIELDS) {
    const { own, en, fr, de, it, vague = [] } = COLUMN_NAMES[field];
    for (const word of [own, field, ...en, ...fr, ...de, ...it, ...vague])
      fieldsOf.set(wordKey(word), (fieldsOf.get(wordKey(word)) ?? new Set()).add(field));
  }
  expect([...fieldsOf].filter(([, fields]) => fields.size > 1)).toEqual([]);
});

test('of two columns for one field the better word counts, else the first one', () => {
  expect(guessColumns(['Vorname', 'Surname', 'last_name'])).toEqual(['firstName', null, 'lastName']);
  expect(guessColumns(['E-Mail', 'Mail'])).toEqual(['address', null]);
});

test('a vague word gives way, so that nobody is named by half a name', () => {
  expect(guessColumns(['Vorname', 'Name'])).toEqual(['firstName', 'lastName']);
  expect(mapColumns(['Name', 'Surname'])).toMatchObject({
    fields: [null, 'lastName'],
    faults: [{ code: 'IMPORT_COLUMN_MISSING', field: 'firstName' }],
  });
});

test('the columns of an error file are known: the row is taken, the error is left alone', () => {
  expect(guessColumns(['first_name', ROW_ID_HEADER, ROW_ERROR_HEADER])).toEqual(['firstName', 'rowId', null]);
});

test('headers that are understood are a mapping', () => {
  expect(mapColumns(['Vorname', 'Nachname', 'Schuhgrösse'])).toEqual({
    kind: 'mapped',
    fields: ['firstName', 'lastName', null],
  });
});

test('a correction names a column for a field, and the guessed one gives way', () => {
  const headers = ['Vorname', 'Nachname', 'E-Mail', 'Adresse neu'];
  expect(mapColumns(headers, [{ header: 'Adresse neu', field: 'address' }])).toEqual({
    kind: 'mapped',
    fields: ['firstName', 'lastName', null, 'address'],
  });
  expect(mapColumns(headers, [{ header: ' e-mail ', field: null }])).toMatchObject({
    fields: ['firstName', 'lastName', null, null],
  });
});

test('two columns can change places', () => {
  const corrections = [
    { header: 'Nome', field: 'lastName' },
    { header: 'Cognome', field: 'firstName' },
  ] as const;
  expect(mapColumns(['Nome', 'Cognome'], corrections)).toEqual({
    kind: 'mapped',
    fields: ['lastName', 'firstName'],
  });
});

test.each([
  [
    'a header twice',
    ['Vorname', 'Name', 'Ort', 'ORT '],
    [],
    { code: 'IMPORT_HEADER_TWICE', headers: ['ORT '] },
  ],
  ['no first name', ['Name'], [], { code: 'IMPORT_COLUMN_MISSING', field: 'firstName' }],
  ['no last name', ['Vorname'], [], { code: 'IMPORT_COLUMN_MISSING', field: 'lastName' }],
  [
    'a needed column left alone',
    ['Vorname', 'Name'],
    [{ header: 'Name', field: null }],
    { code: 'IMPORT_COLUMN_MISSING', field: 'lastName' },
  ],
  [
    'a correction of a column that is not there',
    ['Vorname', 'Name'],
    [{ header: 'Mail', field: 'address' }],
    { code: 'IMPORT_COLUMN_UNKNOWN', headers: ['Mail'] },
  ],
  [
    'a correction of a column without a header',
    ['Vorname', 'Name', ''],
    [{ header: '', field: 'address' }],
    { code: 'IMPORT_COLUMN_UNKNOWN', headers: [''] },
  ],
  [
    'two columns for one field',
    ['Vorname', 'Name', 'a', 'b'],
    [
      { header: 'a', field: 'address' },
      { header: 'b', field: 'address' },
    ],
    { code: 'IMPORT_FIELD_TWICE', field: 'address', headers: ['a', 'b'] },
  ],
  [
    'two corrections of one column',
    ['Vorname', 'Name', 'a'],
    [
      { header: 'a', field: 'address' },
      { header: 'A', field: 'groups' },
    ],
    { code: 'IMPORT_HEADER_TWICE', headers: ['A'] },
  ],
] as const)('%s is a fault', (_, headers, corrections, fault) => {
  expect(mapColumns(headers, corrections)).toMatchObject({ kind: 'faulty', faults: [fault] });
});

test('columns without a header are no duplicates, and are not read', () => {
  expect(mapColumns(['Vorname', 'Name', '', ''])).toEqual({
    kind: 'mapped',
    fields: ['firstName', 'lastName', null, null],
  });
});

test('a row says of each field what stands in its column; nothing is said by nothing', () => {
  const fields = ['firstName', null, 'department', 'password', 'lastName'] as const;
  expect(pickFields(fields, [' Ada ', 'x', '  ', ' two words '])).toEqual({
    firstName: 'Ada',
    password: ' two words ',
  });
});

test('values beyond the last header are seen, blanks there are not', () => {
  expect(hasSurplus(['a', 'b'], ['1', '2', ' ', 'x'])).toBe(true);
  expect(hasSurplus(['a', 'b'], ['1', '2', ' ', ''])).toBe(false);
});
