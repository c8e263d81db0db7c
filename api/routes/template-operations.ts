import { pageQuery, pageSchema } from '../http/pages.ts';
import { ifMatch, ifNoneMatch, optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { templateFields } from '../templates/template-fields.ts';
import { templateExample, templateSchema } from '../templates/template-schema.ts';

const params = { name: { description: 'The name of a template.', example: 'sales' } };
const one = { path: '/v1/templates/:name', params } as const;

export const templateOperations = operations('Organisation', {
  listTemplates: {
    ...{ method: 'get', path: '/v1/templates', scope: 'organisation:read' },
    summary: 'List the templates of accounts',
    query: pageQuery,
    answers: { 200: gives('One page.', pageSchema(templateSchema), { items: [templateExample] }, 'Link') },
    problems: [],
  },
  getTemplate: {
    ...{ ...one, method: 'get', scope: 'organisation:read' },
    summary: 'See a template',
    headers: [ifNoneMatch],
    answers: { 200: gives('The template.', templateSchema, templateExample, 'ETag'), 304: UNCHANGED },
    problems: ['TEMPLATE_NOT_FOUND'],
  },
  putTemplate: {
    ...{ ...one, method: 'put', scope: 'organisation:write' },
    summary: 'Make a template, or put another in its place',
    description:
      'It counts for whoever is given it from now on. Whoever has it already keeps what they were given; a role change to the same template brings them up to date.',
    headers: [ifMatch, optionalIdempotencyKey],
    body: takes(templateFields, {
      Sales: { groups: ['sales', 'crm'], lists: ['sales@example.com'], quotaBytes: 10 * 1024 ** 3 },
    }),
    answers: {
      200: gives('The template as it is now.', templateSchema, templateExample, 'ETag'),
      201: gives('It was made.', templateSchema, templateExample, 'ETag', 'Location'),
    },
    problems: ['TEMPLATE_NAME_INVALID', 'CONCURRENT_CHANGE'],
  },
  deleteTemplate: {
    ...{ ...one, method: 'delete', scope: 'organisation:write' },
    summary: 'Delete a template',
    description: 'Whoever was given it keeps what they have.',
    headers: [ifMatch, optionalIdempotencyKey],
    answers: { 204: { description: 'It is gone.', headers: [] } },
    problems: ['TEMPLATE_NOT_FOUND', 'CONCURRENT_CHANGE'],
  },
});
