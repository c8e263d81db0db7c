import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openChildLog } from '../../../standalone/processes/child-log.ts';
import { createConsoleRelay } from '../../../standalone/processes/console-relay.ts';

function shown(pieces: readonly string[], level?: number): readonly string[] {
  const lines: string[] = [];
  const relay = createConsoleRelay((line) => lines.push(line), level);
  pieces.forEach(relay);
  return lines;
}

describe('on the console', () => {
  test('appear warnings and errors, whoever wrote them', () => {
    const lines = [
      '{"level":30,"msg":"step done"}',
      '{"level":40,"msg":"slow"}',
      '{"level":50,"msg":"failed","err":{"message":"timed out"}}',
      '{"level":"ERROR","msg":"from Go","error":"no shard"}',
      '{"level":"warn","message":"from the store"}',
      'TypeError: x is not a function',
      '    at somewhere (file.js:1:2)',
    ];
    expect(shown([`${lines.join('\n')}\n`])).toEqual([
      'slow',
      'failed: timed out',
      'from Go: no shard',
      'from the store',
      'TypeError: x is not a function',
    ]);
  });

  test('appears a line once, also when it comes in pieces or again and again', () => {
    expect(shown(['{"level":50,', '"msg":"gone"}\n{"level":50,"msg":"gone"}\n'])).toEqual(['gone']);
  });

  test('appear only errors of a child that warns too much', () => {
    expect(shown(['{"level":"WARN","msg":"a"}\n{"level":"ERROR","msg":"b"}\n'], 50)).toEqual(['b']);
  });

  test('a very long line is cut', () => {
    expect(shown([`${JSON.stringify({ level: 50, msg: 'x'.repeat(5_000) })}\n`])[0]?.length).toBeLessThan(
      300,
    );
  });
});

describe('the log of a child', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-log-'));
  const path = join(folder, 'api.log');

  test('keeps one earlier file when it has grown too large', () => {
    const write = openChildLog(path, { rotateAboveBytes: 10, onProblem: () => undefined });
    ['first line\n', 'second line\n', 'third line\n'].forEach(write);
    expect(readFileSync(path, 'utf8')).toBe('third line\n');
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('second line\n');
  });

  test('that cannot be written is said once and harms nothing', () => {
    const problems: string[] = [];
    const write = openChildLog(path, { onProblem: (sentence) => problems.push(sentence) });
    rmSync(folder, { recursive: true });
    ['one\n', 'two\n'].forEach(write);
    expect(problems).toEqual([`${path} cannot be written (ENOENT).`]);
  });
});
