import { expect, test } from '@jest/globals';
import { gather } from '../../../shared/platform/persistence/gather.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('whoever comes alone is served at once, and those who come meanwhile together', async () => {
  const rounds: (readonly number[])[] = [];
  const double = gather<number, number>(async (wishes) => {
    rounds.push(wishes);
    await turn();
    return wishes.map((wish) => wish * 2);
  });
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(rounds).toEqual([[1], [2, 3], [4]]);
});

test('a round that fails fails for all of it, and the next one goes on', async () => {
  let isAway = true;
  const echo = gather<string, string>(async (wishes) => {
    await turn();
    if (isAway && wishes.includes('b')) throw new Error('away');
    return wishes;
  });
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map(echo));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  isAway = false;
  expect(await echo('b')).toBe('b');
});
