import { expect, test } from '@jest/globals';
import { conditionOf, isKnown } from '../../../api/http/etag.ts';
import { preferredWait } from '../../../api/http/prefer.ts';
import { Problem } from '../../../api/http/problem.ts';

const sent = (text: string | undefined) => ({ header: () => text });

function admits(text: string, rev: number): boolean {
  const condition = conditionOf(sent(text));
  return condition === undefined || condition(rev);
}

test.each([
  ['"7"', 7, true],
  ['"7"', 8, false],
  ['"6", "7"', 7, true],
  [' "6" ,"7" ', 7, true],
  ['"7-0123abcd"', 7, true],
  ['*', 7, true],
  [' * ', 7, true],
  ['W/"7"', 7, false],
  ['W/"7", "7"', 7, true],
  ['"07x"', 7, false],
  ['""', 0, false],
  ['"7,8"', 7, false],
])('If-Match %s at revision %i: %s', (text, rev, expected) => {
  expect(admits(text, rev)).toBe(expected);
});

test.each(['7', '"7', '7"', '"7" "8"', '', ' ', ',', '"7",,', '*, "7"', 'w/"7"', '"a"b"', '"7";'])(
  'refuses the malformed %j',
  (text) => {
    expect(() => conditionOf(sent(text))).toThrow(Problem);
    expect(() => isKnown(sent(text), '"7"')).toThrow(Problem);
  },
);

test.each([
  ['"7"', true],
  ['W/"7"', true],
  ['"6", "7"', true],
  ['"8"', false],
  ['*', true],
])('If-None-Match %s against "7": %s', (text, expected) => {
  expect(isKnown(sent(text), '"7"')).toBe(expected);
});

test.each([
  ['wait=10', 10],
  ['respond-async, wait=10', 10],
  ['WAIT = "5"; foo=bar, handling=lenient', 5],
  ['wait=31', 30],
  ['wait=99999', 30],
  ['wait=0', undefined],
  ['wait=-5', undefined],
  ['wait=1.5', undefined],
  ['wait=soon', undefined],
  ['await=5', undefined],
  ['wait', undefined],
  [undefined, undefined],
])('Prefer: %s waits %s seconds', (text, expected) => {
  expect(preferredWait(sent(text))).toBe(expected);
});
