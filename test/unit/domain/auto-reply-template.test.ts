import { expect, test } from '@jest/globals';
import {
  AUTO_REPLY_VARIABLES,
  fillIn,
  joinLanguages,
  LEAVE_REPLY_VARIABLES,
} from '../../../shared/domain/auto-reply-template.ts';
import { unknownVariables } from '../../../shared/domain/text-variables.ts';

const values = {
  leaver: 'Lea {{contact}}',
  contact: 'Mona $& Manager',
  contactAddress: 'mona@example.test',
  lastDay: '2027-01-29',
};

test('puts the values in as they are, inside and outside, and reads none of them again', () => {
  const texts = {
    subject: '{{leaver}}',
    text: 'Write to {{ contact }} ({{contactAddress}}), since {{lastDay}}.',
    internal: { subject: 's', text: 'Ask {{contact}}' },
  };
  expect(fillIn(texts, values)).toEqual({
    subject: 'Lea {{contact}}',
    text: 'Write to Mona $& Manager (mona@example.test), since 2027-01-29.',
    internal: { subject: 's', text: 'Ask Mona $& Manager' },
  });
});

test('leaves what has no value as it is, to be filled in later', () => {
  const later = fillIn({ subject: '{{returnDay}}', text: '{{constructor}}' }, values);
  expect(later).toEqual({ subject: '{{returnDay}}', text: '{{constructor}}' });
  expect(fillIn(later, { returnDay: '2027-03-01' }).subject).toBe('2027-03-01');
});

test('tells variables that are not known, and leaves single braces alone', () => {
  const unknown = (text: string) => unknownVariables(text, AUTO_REPLY_VARIABLES);
  expect(unknown('{{leaver}} {{Leaver}} {x} {{salary}}')).toEqual(['Leaver', 'salary']);
  expect(unknown('{{returnDay}} {{constructor}}')).toEqual(['returnDay', 'constructor']);
  expect(unknownVariables('{{returnDay}} {{lastDay}}', LEAVE_REPLY_VARIABLES)).toEqual(['lastDay']);
});

test('puts all languages into one reply, in the given order', () => {
  const [en, fr] = [
    { subject: 'Gone', text: 'a' },
    { subject: 'Parti', text: 'b' },
  ];
  expect(joinLanguages([fr, en])).toEqual({ subject: 'Parti / Gone', text: 'b\n\n-- \n\na' });
});
