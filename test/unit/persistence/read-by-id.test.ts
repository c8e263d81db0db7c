import { expect, test } from '@jest/globals';
import { readById } from '../../../shared/platform/persistence/read-by-id.ts';

function counted(missing: readonly string[] = []) {
  const asked: (readonly [string, readonly string[]])[] = [];
  const read = readById(async (orgId, ids) => {
    asked.push([orgId, ids]);
    return Promise.resolve(
      ids.filter((id) => !missing.includes(id)).map((_id) => ({ _id, text: `${orgId}:${_id}` })),
    );
  });
  return { asked, read };
}

test('reads that are asked for at once are one query for each organisation', async () => {
  const { asked, read } = counted(['c']);
  const wanted = [read('one', 'a'), read('two', 'a'), read('one', 'b'), read('one', 'a'), read('one', 'c')];
  const texts = (await Promise.all(wanted)).map((found) => found?.text);
  expect(texts).toEqual(['one:a', 'two:a', 'one:b', 'one:a', undefined]);
  expect(asked).toEqual([
    ['one', ['a', 'b', 'c']],
    ['two', ['a']],
  ]);
});

test('nothing is remembered: whoever asks later gets a later answer', async () => {
  const { asked, read } = counted();
  await read('one', 'a');
  await read('one', 'a');
  expect(asked).toHaveLength(2);
});

test('no query asks for more than one answer of the driver holds', async () => {
  const { asked, read } = counted();
  await Promise.all(Array.from({ length: 250 }, (_, index) => read('one', `id${index}`)));
  expect(asked.map(([, ids]) => ids.length)).toEqual([100, 100, 50]);
});

test('an outage reaches everybody who asked, and nobody who asks later', async () => {
  let isAway = true;
  const read = readById((_orgId, ids) =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve(ids.map((_id) => ({ _id }))),
  );
  const outcomes = await Promise.allSettled([read('one', 'a'), read('one', 'b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isAway = false;
  expect(await read('one', 'a')).toEqual({ _id: 'a' });
});
