import { transliteration } from '../../shared/platform/transliteration.ts';
import { noQuery } from '../http/pages.ts';
import { previewFields } from '../naming/naming-fields.ts';
import { namingGuide } from '../naming/naming-guide.ts';
import { madeAddressExample, madeAddressSchema, namingGuideSchema } from '../naming/naming-schema.ts';
import { gives, operations, takes } from '../openapi/operation.ts';

const EXAMPLE_GUIDE = namingGuide({ domains: ['example.com'] }, transliteration);

export const namingOperations = operations('Naming', {
  explainNaming: {
    ...{ method: 'get', path: '/v1/naming', scope: 'people:read' },
    summary: 'See how addresses are made of names',
    description:
      'Every convention and every rule with an example that is worked out by the code that names people.',
    query: noQuery,
    answers: { 200: gives('The rules.', namingGuideSchema, EXAMPLE_GUIDE) },
    problems: [],
  },
  previewAddress: {
    ...{ method: 'post', path: '/v1/naming/preview', scope: 'people:read' },
    summary: 'See the address that somebody would get now, and why',
    description: 'Nothing is claimed: a moment later somebody else may have it.',
    body: takes(previewFields, {
      'By the names alone': { firstName: 'Jürgen', lastName: 'von Weiß', locale: 'de' },
      'The plain address or none': { firstName: 'Zoë', lastName: 'Quay', onTaken: 'refuse' },
    }),
    answers: { 200: gives('The address.', madeAddressSchema, madeAddressExample) },
    problems: [
      ...(['NAME_LEAVES_NOTHING', 'NO_ADDRESS_LEFT', 'DOMAIN_UNKNOWN', 'TARGET_UNKNOWN'] as const),
      ...(['ADDRESS_TAKEN', 'ADDRESS_QUARANTINED', 'ADDRESS_RESERVED'] as const),
    ],
  },
});
