import { describe, expect, test } from '@jest/globals';
import {
  archiveHash,
  messageFileName,
  parseManifest,
  writeManifest,
} from '../../../shared/platform/archive/archive-manifest.ts';

const manifest = {
  version: 1,
  caseId: 'cas_01',
  part: 'part-1',
  messages: [
    {
      id: 'msg_1',
      folder: 'INBOX',
      receivedAtMs: 1,
      sizeBytes: 2,
      file: '000001.eml',
      sha256: 'a'.repeat(64),
    },
  ],
} as const;

describe('the manifest of an archive part', () => {
  test('reads back what was written', () => {
    expect(parseManifest(writeManifest(manifest), 'cas_01', 'part-1')).toEqual(manifest);
  });

  test.each([
    ['of another case', writeManifest({ ...manifest, caseId: 'cas_02' })],
    ['of another part', writeManifest({ ...manifest, part: 'part-2' })],
    ['that is cut', writeManifest(manifest).subarray(0, 40)],
    [
      'with a file elsewhere',
      writeManifest({ ...manifest, messages: [{ ...manifest.messages[0], file: '../../x.eml' }] }),
    ],
    ['with a field nobody knows', Buffer.from(JSON.stringify({ ...manifest, extra: 1 }))],
  ])('is none when it is one %s', (_, bytes) => {
    expect(parseManifest(bytes, 'cas_01', 'part-1')).toBeUndefined();
  });

  test('names files so that their order is the order of arrival, beyond a million', () => {
    expect(messageFileName(1)).toBe('000001.eml');
    expect(messageFileName(1_000_001)).toBe('1000001.eml');
  });

  test('hashes an archive by its parts, in whatever order they are given', () => {
    expect(archiveHash({ a: '1', b: '2' })).toBe(archiveHash({ b: '2', a: '1' }));
    expect(archiveHash({ a: '1', b: '2' })).not.toBe(archiveHash({ a: '2', b: '1' }));
  });
});
