import { expect, test } from '@jest/globals';
import { sideBySide } from '../../support/side-by-side.ts';

test('tells each its own outcome, and a few are carried out at once', async () => {
  let running = 0;
  let most = 0;
  const outcomeOf = sideBySide([1, 2, 3, 4, 5, 6], async (item) => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    if (item === 2) throw new Error('two fails');
    return item * 10;
  });
  expect(await outcomeOf(1)).toBe(10);
  await expect(outcomeOf(2)).rejects.toThrow('two fails');
  expect(await outcomeOf(6)).toBe(60);
  expect(most).toBe(3);
  await expect(outcomeOf(7)).rejects.toThrow('never to be carried out');
});
