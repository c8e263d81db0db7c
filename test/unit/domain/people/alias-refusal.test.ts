import { expect, test } from '@jest/globals';
import { aliasRefusal } from '../../../../shared/domain/people/alias-refusal.ts';

const user = { address: 'ada@harbour.example', accountRole: 'user' } as const;
const domains = ['harbour.example'];

test.each([
  ['countess@harbour.example', user, undefined],
  ['ada@harbour.example', user, 'ALIAS_IS_ADDRESS'],
  ['ada@quay.example', user, 'DOMAIN_UNKNOWN'],
  ['abuse@harbour.example', user, 'ADDRESS_RESERVED'],
  ['abuse@harbour.example', { ...user, accountRole: 'administrator' }, undefined],
  ['ada@harbour.example', { accountRole: 'user' }, undefined],
] as const)('%s', (alias, of, expected) => {
  expect(aliasRefusal(alias, of, domains)).toBe(expected);
});
