// The same people for every way of taking them in: names of which few are shared, a department, an external id.
const SYLLABLES = [
  'an',
  'ber',
  'cor',
  'del',
  'ed',
  'fin',
  'gar',
  'hol',
  'is',
  'jan',
  'kar',
  'lin',
  'mor',
  'nel',
  'os',
  'per',
];

export const HEADERS = ['first_name', 'last_name', 'external_id', 'department'];

function name(seed, syllables) {
  let text = '';
  for (let rest = seed; text === '' || syllables > 0; syllables -= 1) {
    text += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return text[0].toUpperCase() + text.slice(1);
}

export function personAt(at) {
  const mixed = (at * 7919) % 1_048_576;
  return [name(mixed, 2), name(Math.floor(mixed / 16), 4), `E${at}`, `Department ${at % 20}`];
}

export function csvOf(rows) {
  const lines = [HEADERS.join(',')];
  for (let at = 0; at < rows; at += 1) lines.push(personAt(at).join(','));
  return `${lines.join('\n')}\n`;
}
