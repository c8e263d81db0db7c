import { expect, test } from '@jest/globals';
import { ALL_SCOPES, allows, beyond, isScope, SCOPES } from '../../../api/http/scopes.ts';

test('all scopes of the first key allow everything', () => {
  expect(SCOPES.filter((scope) => !allows(ALL_SCOPES, scope))).toEqual([]);
});

test.each([
  [['people:read'], 'people:read', true],
  [['people:*'], 'people:write', true],
  [['people:read'], 'people:write', false],
  [['departures:*'], 'people:read', false],
  [['*'], 'people:read', false],
  [['people:'], 'people:read', false],
  [[], 'people:read', false],
] as const)('%j allows %s: %s', (granted, scope, expected) => {
  expect(allows(granted, scope)).toBe(expected);
});

test.each([
  [['people:*'], ['people:read'], []],
  [['people:read'], ['people:*'], ['people:*']],
  [['people:read', 'people:write'], ['people:*'], []],
  [['organisation:*'], ['organisation:write', 'approvals:write'], ['approvals:write']],
])('a key with %j that gives %j goes beyond itself by %j', (granted, wanted, expected) => {
  expect(beyond(granted, wanted)).toEqual(expected);
});

test('knows its scopes and the wildcard of each area, and nothing else', () => {
  expect(['people:read', 'people:*', 'approvals:*'].every(isScope)).toBe(true);
  expect(['*', 'people', 'people:admin', 'toString:*', ''].some(isScope)).toBe(false);
});
