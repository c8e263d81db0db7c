import { conventionalAddress } from '../../shared/domain/naming/conventional-address.ts';
import type { Names } from '../../shared/domain/naming/latin-names.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { ApiContext } from '../api-context.ts';

const NOT_FOLLOWED = {
  code: 'CONVENTION_NOT_FOLLOWED',
  field: '/address',
  detail: 'The address is not one that the convention of the organisation makes of these names.',
} as const;

/** An address that was chosen by hand may break the convention: whoever chose it is told. */
export function conventionWarnings(
  { transliteration }: Pick<ApiContext, 'transliteration'>,
  organisation: Organisation,
  person: Names & { readonly address?: string | undefined; readonly locale?: string | undefined },
) {
  const { address } = person;
  if (address === undefined) return [];
  const expected = conventionalAddress(transliteration, organisation, { ...person, address });
  return expected === undefined ? [] : [{ ...NOT_FOLLOWED, expected }];
}
