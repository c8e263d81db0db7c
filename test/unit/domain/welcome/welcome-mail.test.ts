import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterFailure } from '../../../../shared/domain/welcome/welcome.ts';
import { welcomeMail, type WelcomeOf } from '../../../../shared/domain/welcome/welcome-mail.ts';

const LINK = 'https://gangway.test/setup/q1Zx';
const PERSON = { firstName: 'Mary', lastName: 'Somerville', address: 'mary@harbour.example' };
const HARBOUR = { name: 'Harbour & Sons', locale: 'fr', timeZone: 'Europe/Zurich' };
const mailTo = (person: Partial<WelcomeOf['person']> = {}, more: Partial<WelcomeOf> = {}) =>
  welcomeMail({
    person: { ...PERSON, ...person },
    organisation: HARBOUR,
    ...{ link: LINK, expiresAtMs: Date.UTC(2027, 0, 14, 9, 0), ...more },
  });

test('speaks the language that is wished, else the person’s, else the organisation’s, else English', () => {
  const greeting = (person: Partial<WelcomeOf['person']>, more: Partial<WelcomeOf> = {}) =>
    mailTo(person, more).text.split(/[\s,]/u)[0];
  expect(greeting({ locale: 'de-CH' }, { locale: 'it' })).toBe('Buongiorno');
  expect(greeting({ locale: 'de-CH' })).toBe('Guten');
  expect(greeting({})).toBe('Bonjour');
  expect(greeting({ locale: 'pt' })).toBe('Bonjour');
  expect(greeting({}, { organisation: { ...HARBOUR, locale: 'pt' } })).toBe('Hello');
  expect(greeting({ locale: 'constructor' })).toBe('Bonjour');
});

test.each(['en', 'fr', 'de', 'it'])('says in %s who, where, until when, and by which link', (locale) => {
  const { subject, text, html } = mailTo({ locale, timeZone: 'America/Lima' });
  expect(subject).toContain('Harbour & Sons');
  for (const said of ['Mary', 'mary@harbour.example', LINK, '2027', '4:00', '(America/Lima)'])
    expect(text).toContain(said);
  expect(html).toContain(`<html lang="${locale}">`);
  expect(html).toContain(`<a href="${LINK}">${LINK}</a>`);
  expect(`${subject}${text}${html}`).not.toMatch(/\{\{|undefined/u);
});

test.each(['en', 'fr', 'de', 'it', 'pt'])('holds a password in %s only where there is one', (locale) => {
  const password = 'kf7m-x2qd-9hwt-r4vb-3nze';
  const organisation = { ...HARBOUR, welcomeTexts: { pt: { subject: 'Olá', text: 'Olá {{link}}' } } };
  const [without, held] = [
    mailTo({ locale }, { organisation }),
    mailTo({ locale }, { organisation, password }),
  ];
  expect(held.text.startsWith(without.text)).toBe(true);
  expect(held.text.slice(without.text.length)).toMatch(/^\n\S.*:\nkf7m-x2qd-9hwt-r4vb-3nze\n$/u);
  expect(held.html).toContain(password);
  expect([without.text, without.html].join()).not.toMatch(/\{\{|kf7m/u);
});

test('prefers the organisation’s own text, in its language alone', () => {
  const text = 'Ahoy {{ firstName }}!\n\nCome aboard:\n{{link}}';
  const organisation = { ...HARBOUR, welcomeTexts: { en: { subject: '{{name}} aboard', text } } };
  const own = mailTo({ locale: 'en-GB' }, { organisation });
  expect([own.subject, own.text]).toEqual([
    'Mary Somerville aboard',
    `Ahoy Mary!\n\nCome aboard:\n${LINK}\n`,
  ]);
  expect(own.html).toContain(`<p>Come aboard:<br>\n<a href="${LINK}">`);
  expect(mailTo({ locale: 'de' }, { organisation }).text).toContain('Guten Tag');
});

test('puts nothing of a name into the HTML that is more than text, and takes no name for a variable', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '{{link}}', 'a', ' ') }),
      (name) => {
        const plain = mailTo({ firstName: 'X', locale: 'en' });
        const { text, html } = mailTo({ firstName: name, locale: 'en' });
        expect(html.match(/<[^>]*>/gu)).toEqual(plain.html.match(/<[^>]*>/gu));
        expect(text).toContain(`Hello ${name},`);
      },
    ),
  );
});

test('a welcome is tried again after 1, 5, 15 and then 60 minutes, and parked after three days', () => {
  const MINUTE = 60_000;
  const pauseOf = (attempts: number) => afterFailure({ attempts, requestedAtMs: 0 }, 0).dueAtMs / MINUTE;
  expect([1, 2, 3, 4, 5, 50].map(pauseOf)).toEqual([1, 5, 15, 60, 60, 60]);
  const at = (hours: number) => afterFailure({ attempts: 9, requestedAtMs: 0 }, hours * 60 * MINUTE).state;
  expect([at(71), at(71.1)]).toEqual(['queued', 'parked']);
});
