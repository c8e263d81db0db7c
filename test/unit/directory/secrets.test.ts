import { expect, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { hashPassword, verifyPassword } from '../../../directory/sign-in/secrets.ts';

const RIGHT = 'seagulls over the pier';

test('a right password of one hash says nothing of another hash or another password', async () => {
  const [mine, theirs] = [await hashPassword(RIGHT), await hashPassword('something else entirely')];
  expect(await verifyPassword(mine, RIGHT)).toBe(true);
  expect(await verifyPassword(mine, RIGHT)).toBe(true);
  expect(await verifyPassword(theirs, RIGHT)).toBe(false);
  expect(await verifyPassword(mine, 'seagulls over the pieR')).toBe(false);
  expect(await verifyPassword(mine, RIGHT)).toBe(true);
});

test('asks the slow hash once for several sign-ins with the right password, and every time for a wrong one', async () => {
  const passwordHash = await hashPassword(RIGHT);
  const first = verifyPassword(passwordHash, RIGHT);
  await first;
  // The same answer, not another one: nothing was computed again.
  expect(verifyPassword(passwordHash, RIGHT)).toBe(first);
  const wrong = verifyPassword(passwordHash, 'wrong');
  await wrong;
  expect(verifyPassword(passwordHash, 'wrong')).not.toBe(wrong);
});

test('an account that cannot be read is asked for again', async () => {
  await expect(verifyPassword('no hash at all', RIGHT)).rejects.toThrow();
  await expect(verifyPassword('no hash at all', RIGHT)).rejects.toThrow();
});

test('takes a password in whatever form a keyboard sends its letters, and one that was hashed before forms were made one', async () => {
  const composed = 'Crème brûlée à lété'.normalize('NFC');
  const apart = composed.normalize('NFD');
  expect(await verifyPassword(await hashPassword(apart), composed)).toBe(true);
  expect(await verifyPassword(await hashPassword(composed), apart)).toBe(true);
  const ofBefore = await hash(apart);
  expect(await verifyPassword(ofBefore, apart)).toBe(true);
  expect(await verifyPassword(ofBefore, composed)).toBe(false);
});
