import { z } from 'zod';
import { ACCOUNT_ROLES, PERSON_STATUSES } from '../../shared/domain/person.ts';
import { DELIMITERS, EXPORT_FORMATS } from '../../shared/platform/exports/write-table.ts';
import { PERSON_COLUMNS } from '../../shared/platform/exports/person-columns.ts';
import { DIRECTIONS, PERSON_ORDERS } from '../../shared/platform/persistence/person-order.ts';
import { domainField, flagField, idField, severalOf, shortText } from '../http/fields.ts';
import { twoWayPageFields } from '../http/two-way-pages.ts';

const beginning = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .optional()
  .describe(
    'The beginning of a part of a name, of an address or of an external id, without regard to case and accents.',
  );

/** Whom a list or an export is about, and in which order. */
const selection = {
  status: z.enum(PERSON_STATUSES).optional(),
  role: z.enum(ACCOUNT_ROLES).optional(),
  domain: domainField.optional(),
  department: shortText.optional(),
  managerId: idField.optional(),
  hasOpenCase: flagField
    .optional()
    .describe('Needs `cases:read` too. Whoever has one is listed in the order of creation.'),
  q: beginning,
  search: beginning.describe('The word for `q` in 0.1.0.'),
  sort: z
    .enum(PERSON_ORDERS)
    .default('created')
    .describe(
      'By `name` the last one counts first, in Latin letters without accents; `status` is in the order of the alphabet, and by name within.',
    ),
  direction: z.enum(DIRECTIONS).default('asc'),
};
type Selection = z.output<z.ZodObject<typeof selection>>;
/** The same without what only a page has. */
export type PeopleSelection = Pick<Selection, 'sort' | 'direction'> & Partial<Selection>;

/** Not every order is kept for whatever is asked for. */
function inPossibleOrder<Schema extends z.ZodType<PeopleSelection>>(schema: Schema): Schema {
  return schema
    .refine(({ hasOpenCase, sort }) => hasOpenCase !== 'true' || sort === 'created', {
      path: ['sort'],
      error: 'Whoever has an open case is listed in the order of creation.',
    })
    .refine(({ q, search = q, sort }) => search === undefined || sort === 'created' || sort === 'name', {
      path: ['sort'],
      error: 'What is searched for is listed by name or in the order of creation.',
    });
}

/** Query of the list. */
export const peopleFilter = inPossibleOrder(z.strictObject({ ...twoWayPageFields, ...selection })).refine(
  ({ after, before }) => after === undefined || before === undefined,
  { path: ['before'], error: 'A page comes after one or before one.' },
);

/** Query of the export. */
export const peopleExport = inPossibleOrder(
  z.strictObject({
    format: z.enum(EXPORT_FORMATS).default('csv'),
    columns: severalOf(PERSON_COLUMNS)
      .optional()
      .describe('Their headers, with commas, in the order wanted; absent: all of them.'),
    delimiter: z.enum(DELIMITERS).default('comma').describe('Of a CSV file.'),
    bom: flagField
      .default('false')
      .describe('Whether a CSV file begins with a byte order mark, as Excel wants it.'),
    ...selection,
  }),
);
