import type { ImportField } from '../../../shared/domain/imports/import-fields.ts';
import type { RowFault } from '../../../shared/domain/imports/import-row.ts';
import { splitList, splitWords } from '../../../shared/domain/imports/list-value.ts';
import {
  readBytes,
  readDate,
  readLocale,
  readRole,
  readYesOrNo,
} from '../../../shared/domain/imports/row-words.ts';
import type { RowTexts } from './read-rows.ts';

/** The fields of a person, as the body of a request has them. What a row says nothing of is left out. */
type RowValues = Readonly<Partial<Record<ImportField, unknown>>>;

const READERS: Readonly<Partial<Record<ImportField, (text: string) => unknown>>> = {
  firstName: asItIs,
  lastName: asItIs,
  address: asItIs,
  domain: asItIs,
  aliases: splitWords,
  externalId: asItIs,
  accountRole: readRole,
  quotaBytes: readBytes,
  groups: splitList,
  department: asItIs,
  timeZone: asItIs,
  country: (text) => text.toUpperCase(),
  locale: readLocale,
  privateContact: asItIs,
  targets: splitWords,
  endsOn: readDate,
  protected: readYesOrNo,
};

/** What those understand that do not take every text. */
const EXPECTED: Readonly<Partial<Record<ImportField, string>>> = {
  accountRole: 'Expected: user or administrator.',
  quotaBytes: 'Expected a size, such as 5368709120 or 5 GiB.',
  protected: 'Expected: yes or no.',
};

function asItIs(text: string): string {
  return text;
}

/** `fault`: of the first text that means nothing. */
export function valuesOf(texts: RowTexts): { readonly values: RowValues; readonly fault?: RowFault } {
  const values: Partial<Record<ImportField, unknown>> = {};
  for (const [field, read] of Object.entries(READERS) as [ImportField, (text: string) => unknown][]) {
    const text = texts[field];
    if (text === undefined) continue;
    values[field] = read(text);
    const detail = EXPECTED[field];
    if (values[field] === undefined)
      return { values, fault: { code: 'VALUE_INVALID', field, ...(detail === undefined ? {} : { detail }) } };
  }
  return { values };
}
