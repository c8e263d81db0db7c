import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sentenceOf, START_FAILURES } from '../../../shared/errors/start/start-error.ts';
import type { StartErrorCode } from '../../../shared/errors/start/start-error.ts';
import { createInstallation } from '../installation.ts';
import type { Installation } from '../installation.ts';
import type { Provocation } from './provocation.ts';

/** One test for each code: what it is told with is the sentence of the catalogue, filled in, and its exit code. */
export function describeProvocations(
  group: string,
  provocations: Readonly<Partial<Record<StartErrorCode, Provocation>>>,
): void {
  let installation: Installation;
  let endings: (() => unknown)[];

  beforeEach(async () => {
    installation = await createInstallation();
    endings = [];
  });
  afterEach(async () => {
    for (const end of endings.reverse()) await end();
    installation.remove();
  });

  describe(`a start that fails: ${group}`, () => {
    test.each(Object.entries(provocations))('%s', async (code, provoke) => {
      const told = await provoke(installation, (end) => endings.push(end));
      expect(told).toEqual({
        code,
        sentence: expect.stringMatching(patternOf(code as StartErrorCode)),
        exitCode: START_FAILURES[code as StartErrorCode].exitCode,
      });
    });
  });
}

/** Each value may be anything but nothing. */
function patternOf(code: StartErrorCode): RegExp {
  const anything = new Proxy({}, { get: () => '\0' });
  const sentence = sentenceOf(code, anything as never);
  return new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '.+')}$`, 'u');
}
