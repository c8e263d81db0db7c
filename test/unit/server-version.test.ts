import { expect, test } from '@jest/globals';
import { isNewEnough } from '../../shared/platform/temporal/server-version.ts';

test.each([
  ['1.29.0', true],
  ['1.32.0', true],
  ['2.0.0', true],
  ['1.29.0-rc.1', true],
  ['1.28.9', false],
  ['0.99.99', false],
  ['', false],
])('server version "%s" against 1.29.0: %s', (version, enough) => {
  expect(isNewEnough(version, '1.29.0')).toBe(enough);
});
