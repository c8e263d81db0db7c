import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFileArchiveStore } from '../../../activities/archive/file-archive-store.ts';
import { ArchiveFailed } from '../../../activities/ports/archive-store.ts';
import type { ArchivePart, ArchiveStore, MessageSource } from '../../../activities/ports/archive-store.ts';

const caseId = 'cas_01';
const ignore = () => undefined;

function message(id: string, text = `Subject: ${id}\r\n\r\nbody of ${id}\r\n`): MessageSource {
  return {
    id,
    folder: 'INBOX',
    receivedAtMs: 1_900_000_000_000,
    read: () => Promise.resolve(Buffer.from(text)),
  };
}
// eslint-disable-next-line @typescript-eslint/require-await
async function* stream(...messages: readonly MessageSource[]): AsyncIterable<MessageSource> {
  yield* messages;
}

describe('archives on disk', () => {
  let root: string;
  let archives: ArchiveStore;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'gangway-archive-'));
    archives = createFileArchiveStore(join(root, 'archives'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const fileOf = (part: string, file: string) => join(root, 'archives', caseId, part, file);
  const expected = (...parts: readonly ArchivePart[]) =>
    Object.fromEntries(parts.map((part) => [part.name, part.manifestSha256]));
  const check = (...parts: readonly ArchivePart[]) => archives.check(caseId, expected(...parts), ignore);
  const two = () => archives.writePart(caseId, 'part-1', stream(message('msg_1'), message('msg_2')), ignore);

  test('hold each message byte for byte, and count once read back', async () => {
    const progress: number[] = [];
    const raw = Buffer.from([0, 255, 13, 10, 128]);
    const odd: MessageSource = { ...message('msg_3'), read: () => Promise.resolve(raw) };
    const part = await archives.writePart(caseId, 'part-1', stream(message('msg_1'), odd), (done) =>
      progress.push(done),
    );
    expect(await readFile(fileOf('part-1', '000002.eml'))).toEqual(raw);
    expect(progress).toEqual([1, 2]);
    const checked: number[] = [];
    const result = await archives.check(caseId, expected(part), (done) => checked.push(done));
    expect(result).toEqual({
      kind: 'intact',
      messageIds: new Set(['msg_1', 'msg_3']),
      bytes: part.messages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(checked).toEqual([1, 2]);
  });

  test('grow by parts, and their hash grows with them', async () => {
    const first = await two();
    const second = await archives.writePart(caseId, 'part-2', stream(message('msg_3')), ignore);
    const [alone, both] = [await check(first), await check(first, second)];
    if (alone.kind === 'damaged' || both.kind === 'damaged') throw new Error('damaged');
    expect([...both.messageIds].sort()).toEqual(['msg_1', 'msg_2', 'msg_3']);
    expect(both.sha256).not.toBe(alone.sha256);
  });

  test.each<readonly [string, () => Promise<void>, readonly string[]]>([
    ['a byte was flipped', () => flip(fileOf('part-1', '000001.eml')), ['part-1/000001.eml']],
    ['a file grew', () => appendFile(fileOf('part-1', '000002.eml'), 'x'), ['part-1/000002.eml']],
    ['a message is missing', () => rm(fileOf('part-1', '000002.eml')), ['part-1/000002.eml']],
    ['a file was added', () => writeFile(fileOf('part-1', '000003.eml'), 'x'), ['part-1/000003.eml']],
    ['the manifest was changed', () => flip(fileOf('part-1', 'manifest.json')), ['part-1/manifest.json']],
    ['the manifest is missing', () => rm(fileOf('part-1', 'manifest.json')), ['part-1/manifest.json']],
    [
      'the part is missing',
      () => rename(fileOf('part-1', '.'), fileOf('gone', '.')),
      ['part-1/manifest.json'],
    ],
    ['a loose file lies beside the parts', () => writeFile(fileOf('.', 'note.txt'), 'x'), ['note.txt']],
    [
      'two files changed places',
      async () => {
        await rename(fileOf('part-1', '000001.eml'), fileOf('part-1', 'x'));
        await rename(fileOf('part-1', '000002.eml'), fileOf('part-1', '000001.eml'));
        await rename(fileOf('part-1', 'x'), fileOf('part-1', '000002.eml'));
      },
      ['part-1/000001.eml', 'part-1/000002.eml'],
    ],
    [
      'a file became a link to its like',
      async () => {
        await rename(fileOf('part-1', '000001.eml'), join(root, 'elsewhere.eml'));
        await symlink(join(root, 'elsewhere.eml'), fileOf('part-1', '000001.eml'));
      },
      ['part-1/000001.eml'],
    ],
  ])('are damaged when %s', async (_, harm, files) => {
    const part = await two();
    await harm();
    expect(await check(part)).toEqual({ kind: 'damaged', files });
  });

  test('keep a part that has its manifest, whatever is asked later', async () => {
    const first = await two();
    const again = await archives.writePart(caseId, 'part-1', stream(message('msg_9')), ignore);
    expect(again).toEqual(first);
    expect(await check(first)).toMatchObject({ kind: 'intact' });
  });

  test('start a part again that died before its manifest, and leave nothing of it', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* dying() {
      yield* [message('msg_1'), message('msg_2'), message('msg_3')];
      throw new Error('killed');
    }
    await expect(archives.writePart(caseId, 'part-1', dying(), ignore)).rejects.toThrow('killed');
    expect(await check()).toMatchObject({ kind: 'intact', bytes: 0 });
    await mkdir(fileOf('part-1', 'junk'));
    const part = await archives.writePart(caseId, 'part-1', stream(message('msg_1')), ignore);
    expect((await readdir(fileOf('part-1', '.'))).sort()).toEqual(['000001.eml', 'manifest.json']);
    expect(await check(part)).toMatchObject({ kind: 'intact', messageIds: new Set(['msg_1']) });
  });

  test('do not count a part that is finished and not on record', async () => {
    const first = await two();
    await archives.writePart(caseId, 'part-2', stream(message('msg_3')), ignore);
    expect(await check(first)).toMatchObject({ kind: 'intact', messageIds: new Set(['msg_1', 'msg_2']) });
  });

  test('may hold a part without messages', async () => {
    const part = await archives.writePart(caseId, 'part-1', stream(), ignore);
    expect(await check(part)).toMatchObject({ kind: 'intact', messageIds: new Set(), bytes: 0 });
  });

  test.each(['../elsewhere', 'a/b', '..', ''])('refuse a name that leads elsewhere: %p', async (name) => {
    await expect(archives.writePart(name, 'part-1', stream(), ignore)).rejects.toThrow(ArchiveFailed);
    await expect(archives.writePart(caseId, name, stream(), ignore)).rejects.toThrow(ArchiveFailed);
    await expect(archives.check(caseId, { [name]: 'x' }, ignore)).rejects.toThrow(ArchiveFailed);
  });

  test('fail with a code and no path when the disk refuses', async () => {
    await writeFile(join(root, 'archives'), 'a file where the folder should be');
    const failure = two();
    await expect(failure).rejects.toThrow(ArchiveFailed);
    await expect(failure).rejects.not.toThrow(root);
  });

  async function flip(path: string): Promise<void> {
    const bytes = await readFile(path);
    bytes[bytes.length - 3]! ^= 1;
    await writeFile(path, bytes);
  }
});
