import { describe, expect, test } from '@jest/globals';
import {
  ANSWER_AGAIN_AFTER_MS,
  deservesAutoReply,
  mayAnswerAgain,
} from '../../../directory/mail/auto-reply-rule.ts';
import { parseHeaders } from '../../../directory/mail/message-text.ts';

const autoReply = { subject: 's', text: 't', fromMs: 1000, untilMs: 2000 };
const mail = (head = 'Subject: hi', from = 'friend@out.test') => ({
  from,
  own: ['ada@example.test', 'sales@example.test'],
  autoSubmitted: false,
  headers: parseHeaders(Buffer.from(`${head}\r\n\r\nList-Id: not a header\r\n`)),
});

describe('an auto-reply', () => {
  test('is due from its first instant until just before its end', () => {
    const at = (nowMs: number) => deservesAutoReply(autoReply, mail(), nowMs);
    expect([999, 1000, 1999, 2000].map(at)).toEqual([false, true, true, false]);
    expect(deservesAutoReply(undefined, mail(), 1500)).toBe(false);
  });

  test.each([
    'Auto-Submitted: auto-replied',
    'auto-submitted: AUTO-GENERATED; x=y',
    'List-Id: <news.out.test>',
    'List-Unsubscribe: <mailto:x@out.test>',
    'Precedence: bulk',
    'Precedence: list',
    'Precedence: junk',
    'Return-Path: <>',
    'X-Auto-Response-Suppress: All',
    'Subject: hi\r\nAuto-Submitted:\r\n auto-notified',
  ])('is not given to %p', (head) => {
    expect(deservesAutoReply(autoReply, mail(head), 1500)).toBe(false);
  });

  test.each(['Auto-Submitted: no', 'Precedence: first-class', 'Subject: Precedence: bulk'])(
    'is given to %p',
    (head) => {
      expect(deservesAutoReply(autoReply, mail(head), 1500)).toBe(true);
    },
  );

  test.each([
    '',
    'mailer-daemon@out.test',
    'no-reply@out.test',
    'noreply@out.test',
    'owner-news@out.test',
    'news-request@out.test',
    'news-bounces@out.test',
    'sales@example.test',
  ])('is not given to the sender %p', (from) => {
    expect(deservesAutoReply(autoReply, mail('Subject: hi', from), 1500)).toBe(false);
  });

  test('is not given to mail that was handed in as automatic', () => {
    expect(deservesAutoReply(autoReply, { ...mail(), autoSubmitted: true }, 1500)).toBe(false);
  });

  test('is given again to a sender after seven days', () => {
    expect(mayAnswerAgain(1000, 1000 + ANSWER_AGAIN_AFTER_MS - 1)).toBe(false);
    expect(mayAnswerAgain(1000, 1000 + ANSWER_AGAIN_AFTER_MS)).toBe(true);
  });
});
