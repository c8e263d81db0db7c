import { expect, test } from '@jest/globals';
import { vCards } from '../../../activities/handover/v-card.ts';

const lines = (text: string): readonly string[] => text.split('\r\n').slice(0, -1);

test('folds lines at 75 octets and cuts no character', () => {
  const note = 'é'.repeat(200);
  const text = vCards([{ id: 'c1', firstName: 'Zoë', lastName: 'Åkesson', note }]).toString('utf8');
  expect(Math.max(...lines(text).map((line) => Buffer.byteLength(line)))).toBe(75);
  expect(text.replaceAll('\r\n ', '')).toContain(`NOTE:${note}\r\n`);
});

test('lets no value begin a property of its own', () => {
  const contact = { id: 'c1', firstName: 'Eve', lastName: 'X;Y', note: 'a\r\nEND:VCARD\nb\\c,d' };
  const text = vCards([contact]).toString('utf8');
  expect(lines(text)).toEqual([
    'BEGIN:VCARD',
    'VERSION:4.0',
    'UID:c1',
    'FN:Eve X\\;Y',
    'N:X\\;Y;Eve;;;',
    'NOTE:a\\nEND:VCARD\\nb\\\\c\\,d',
    'END:VCARD',
  ]);
});

test('names a contact that has no name, because a card must', () => {
  const card = vCards([{ id: 'c1', firstName: '', lastName: '', address: 'x@out.test' }]).toString('utf8');
  expect(card).toContain('FN:x@out.test\r\n');
});
