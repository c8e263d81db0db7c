import { expect, test } from '@jest/globals';
import { EVERY_OPERATION } from '../../../api/every-operation.ts';
import { breakingChanges } from '../../../api/openapi/changes/breaking-changes.ts';
import { describeApi } from '../../../api/openapi/describe-api.ts';
import type { OpenApiDocument } from '../../../api/openapi/open-api-document.ts';
import { OF_BOARDING, shipsDocument } from './ships.ts';

/** A document as it was kept: plain JSON. */
function kept(document: OpenApiDocument): OpenApiDocument {
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument;
}

test('nothing breaks between a document and itself', () => {
  const document = describeApi(EVERY_OPERATION, '1.0.0');
  expect(breakingChanges(kept(document), document)).toEqual([]);
});

test('an address or a method that is gone is a break, a new one is none', () => {
  const [before, after] = [shipsDocument(), shipsDocument({ path: '/v1/boats/:id/board' })];
  expect(breakingChanges(before, after)).toEqual(['POST /v1/ships/{id}/board is gone.']);
  expect(breakingChanges(before, shipsDocument({ method: 'put' }))).toEqual([
    'POST /v1/ships/{id}/board is gone.',
  ]);
  const both = { ...before, paths: { ...before.paths, ...after.paths } };
  expect(breakingChanges(before, both)).toEqual([]);
});

test('another name of an operation is a break: clients are generated with it', () => {
  expect(breakingChanges(shipsDocument(), shipsDocument({}, 'enterShip'))).toEqual([
    `${OF_BOARDING}it is called enterShip, and was boardShip.`,
  ]);
});

test('a key that is needed is a break, a key that is not needed any more is none', () => {
  const before = kept(shipsDocument());
  const open = JSON.parse(
    JSON.stringify(before).replace('[{"apiKey":["people:write"]}]', '[]'),
  ) as OpenApiDocument;
  expect(breakingChanges(open, before)).toEqual([`${OF_BOARDING}it needs the scope people:write now.`]);
  expect(breakingChanges(before, open)).toEqual([]);
});

test('a code that moves to another status is a break', () => {
  const before = shipsDocument({ problems: ['PERSON_NOT_FOUND', 'ACCOUNT_NOT_FOUND', 'ADDRESS_TAKEN'] });
  const moved = JSON.stringify(shipsDocument({ problems: ['ACCOUNT_NOT_FOUND', 'ADDRESS_TAKEN'] })).replace(
    '"enum":["ADDRESS_TAKEN"]',
    '"enum":["ADDRESS_TAKEN","PERSON_NOT_FOUND"]',
  );
  expect(breakingChanges(before, JSON.parse(moved) as OpenApiDocument)).toEqual([
    `${OF_BOARDING}the problem PERSON_NOT_FOUND is 409, and was 404.`,
  ]);
});

test('a problem that loses a member is a break, told once', () => {
  const document = kept(describeApi(EVERY_OPERATION, '1.0.0'));
  delete document.components.schemas['Problem']?.properties?.['field'];
  expect(breakingChanges(describeApi(EVERY_OPERATION, '1.0.0'), document)).toEqual([
    'Everywhere: /field of a problem is no longer given.',
  ]);
});

test('what nobody can compare is an error', () => {
  const document = kept(shipsDocument());
  Object.assign(document.components.schemas['Problem'] ?? {}, { minProperties: 3 });
  expect(() => breakingChanges(document, document)).toThrow('nobody compares minProperties of a schema yet');
});
