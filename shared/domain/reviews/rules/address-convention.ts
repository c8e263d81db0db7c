import { conventionalAddress } from '../../naming/conventional-address.ts';
import type { ReviewRule } from '../review-rule.ts';

export const addressConvention: ReviewRule = {
  name: 'address_convention',
  title: 'Address against the convention',
  description:
    'The address of somebody who is here is not one that the naming convention of the organisation makes of their names. Not found: people whose names the convention can make nothing of.',
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find({ person }, { organisation, transliteration }) {
    if (person?.status !== 'active') return [];
    const expected = conventionalAddress(transliteration, organisation, person);
    if (expected === undefined) return [];
    return [{ value: person.address, evidence: { address: person.address, expected } }];
  },
  explain: () => 'The address is not one that the naming convention makes of the names of the person.',
};
