import { describe, expect, test } from '@jest/globals';
import { composeMessage, parseHeaders, withHeader } from '../../../directory/mail/message-text.ts';

const parts = {
  id: 'msg_1',
  from: 'a@out.test',
  to: 'b@example.test',
  subject: 'Hi',
  text: 'one\ntwo',
  atMs: 0,
};

describe('a composed message', () => {
  test('has its fields, lines that end in CRLF, and the date it was given', () => {
    const raw = composeMessage(parts).toString('utf8');
    expect(raw).toContain('Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n');
    expect(raw.endsWith('\r\n\r\none\r\ntwo\r\n')).toBe(true);
    expect(parseHeaders(Buffer.from(raw)).get('message-id')).toEqual(['<msg_1@directory.invalid>']);
  });

  test('gets no field through its subject or addresses', () => {
    const headers = parseHeaders(
      composeMessage({ ...parts, subject: 'Hi\r\nBcc: all@out.test', from: 'a@out.test\nX: y' }),
    );
    expect([...headers.keys()]).not.toEqual(expect.arrayContaining(['bcc']));
    expect(headers.has('x')).toBe(false);
  });

  test('carries a subject in any script, in words a mail server takes', () => {
    const subject = 'Änderung über die Zuständigkeit für Zürich, 東京 und 🚢 — bitte lesen';
    const field = parseHeaders(composeMessage({ ...parts, subject })).get('subject')?.[0] ?? '';
    const words = field.split(' ');
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8')).join('');
    expect(decoded).toBe(subject);
  });

  test('is marked on its way without losing a byte', () => {
    const raw = composeMessage(parts);
    const marked = withHeader(raw, 'Delivered-To', 'b@example.test');
    expect(marked.subarray(-raw.length).equals(raw)).toBe(true);
    expect(parseHeaders(marked).get('delivered-to')).toEqual(['b@example.test']);
  });
});
