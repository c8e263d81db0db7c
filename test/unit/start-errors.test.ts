import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sentenceOf, StartError, START_FAILURES } from '../../shared/errors/start/start-error.ts';
import type { StartErrorCode } from '../../shared/errors/start/start-error.ts';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

const placeholders = new Proxy({}, { get: (_, name) => String(name) }) as never;

test.each(Object.keys(START_FAILURES) as StartErrorCode[])('%s is one sentence', (code) => {
  const sentence = sentenceOf(code, placeholders);
  expect(sentence).toMatch(/^[^\n]+\.$/);
  expect(sentence).not.toMatch(/\.\.|\. [A-Z]|undefined/);
});

test('a code that another process made up counts as a failed child', () => {
  expect(StartError.received('PORT_IN_USE', 'It is taken.').code).toBe('PORT_IN_USE');
  expect(StartError.received('NO_LUCK', 'The stars are wrong.')).toMatchObject({
    code: 'CHILD_FAILED',
    message: 'The stars are wrong.',
    exitCode: 70,
  });
});

test('docs/start-errors.md says what the catalogue says', () => {
  const check = () =>
    execFileSync(process.execPath, [join(packageRoot, 'scripts', 'write-start-errors.mjs'), '--check'], {
      stdio: 'pipe',
    });
  expect(check).not.toThrow();
});
