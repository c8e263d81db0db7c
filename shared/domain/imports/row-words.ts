import { ACCOUNT_ROLES, type AccountRole } from '../person.ts';
import { wordKey } from './guess-columns.ts';

/** What a row does. Without the column every row makes somebody. */
export const ROW_OPERATIONS = ['create', 'update', 'departure'] as const;
export type RowOperation = (typeof ROW_OPERATIONS)[number];

type Words<Meaning extends string> = Readonly<Record<Meaning, readonly string[]>>;

const OPERATION_WORDS: Words<RowOperation> = {
  create: [
    'new',
    'add',
    'join',
    'joiner',
    'créer',
    'ajouter',
    'nouveau',
    'anlegen',
    'neu',
    'creare',
    'nuovo',
  ],
  update: ['change', 'modify', 'mover', 'modifier', 'changer', 'ändern', 'modificare', 'cambiare'],
  departure: ['leave', 'leaver', 'depart', 'départ', 'sortie', 'Austritt', 'austreten', 'uscita', 'partenza'],
};

const YES = ['yes', 'y', 'true', '1', 'x', 'oui', 'vrai', 'ja', 'wahr', 'sì', 'si', 'vero'];
const NO = ['no', 'n', 'false', '0', 'non', 'faux', 'nein', 'falsch', 'falso'];

const ROLE_WORDS: Words<AccountRole> = {
  user: ['utilisateur', 'Benutzer', 'utente'],
  administrator: ['admin', 'administrateur', 'amministratore'],
};

export function readOperation(text: string): RowOperation | undefined {
  return meaningOf(text, ROW_OPERATIONS, OPERATION_WORDS);
}

export function readRole(text: string): AccountRole | undefined {
  return meaningOf(text, ACCOUNT_ROLES, ROLE_WORDS);
}

export function readYesOrNo(text: string): boolean | undefined {
  const key = wordKey(text);
  if (YES.some((word) => wordKey(word) === key)) return true;
  return NO.some((word) => wordKey(word) === key) ? false : undefined;
}

function meaningOf<Meaning extends string>(
  text: string,
  meanings: readonly Meaning[],
  words: Words<Meaning>,
): Meaning | undefined {
  const key = wordKey(text);
  return meanings.find((meaning) => [meaning, ...words[meaning]].some((word) => wordKey(word) === key));
}

const BYTES_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['tib', 1024 ** 4],
]);

/** `5368709120`, `5 GiB`, `1.5 GB`; `undefined` where it is no size. */
export function readBytes(text: string): number | undefined {
  const found = /^(?<number>\d+(?:[.,]\d+)?)\s*(?<unit>[a-z]*)$/u.exec(text.toLowerCase())?.groups;
  const unit = BYTES_OF_UNIT.get(found?.['unit'] ?? '-');
  return found === undefined || unit === undefined
    ? undefined
    : Math.round(Number(found['number']?.replace(',', '.')) * unit);
}

/** `2027-01-29`, or `29.1.2027` as German and Italian spreadsheets write it. Other texts stay as they are: they are no date. */
export function readDate(text: string): string {
  const found = /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/u.exec(text)?.groups;
  if (found === undefined) return text;
  const { year = '', month = '', day = '' } = found;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `fr-CH` of `fr_ch`. */
export function readLocale(text: string): string {
  const [language = '', country] = text.split(/[-_]/u);
  return country === undefined
    ? language.toLowerCase()
    : `${language.toLowerCase()}-${country.toUpperCase()}`;
}
