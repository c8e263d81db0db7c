import { expect, test } from '@jest/globals';
import { createProgressPrinter } from '../../../standalone/temporal/print-progress.ts';

function printed(isTTY: boolean): string[] {
  const texts: string[] = [];
  const print = createProgressPrinter({ isTTY, write: (text) => texts.push(text) });
  for (let elapsedSeconds = 1; elapsedSeconds <= 40; elapsedSeconds += 1) {
    print({
      step: elapsedSeconds <= 5 ? 'downloading the modules' : 'compiling',
      elapsedSeconds,
      packages: elapsedSeconds,
    });
  }
  return texts;
}

test('a log gets a line per step and one every 15 s', () => {
  expect(printed(false)).toEqual([
    'Temporal (once, about 4 minutes): downloading the modules, 1 s, packages: 1\n',
    'Temporal (once, about 4 minutes): compiling, 6 s, packages: 6\n',
    'Temporal (once, about 4 minutes): compiling, 21 s, packages: 21\n',
    'Temporal (once, about 4 minutes): compiling, 36 s, packages: 36\n',
  ]);
});

test('a terminal sees every second on one line', () => {
  const texts = printed(true);
  expect(texts).toHaveLength(40);
  expect(texts.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
});
