import { z } from 'zod';
import { gives, openOperations, showsPage } from '../openapi/operation.ts';

export const documentOperations = openOperations('Operating', {
  getOpenApiDocument: {
    ...{ method: 'get', path: '/openapi.json' },
    summary: 'Get this document',
    answers: {
      200: gives('OpenAPI 3.1.', z.record(z.string(), z.unknown()), {
        openapi: '3.1.0',
        info: { title: 'Gangway' },
      }),
    },
    problems: ['RATE_LIMITED'],
  },
  showDocs: {
    ...{ method: 'get', path: '/docs' },
    summary: 'Open this document as a page',
    description: 'Made of files of this installation alone: it works without a way to the internet.',
    answers: { 200: showsPage('The page.') },
    problems: ['RATE_LIMITED'],
  },
  getDocsFile: {
    ...{ method: 'get', path: '/docs/:file' },
    summary: 'Get a file of that page',
    params: { file: { description: 'One the page asks for.', example: 'swagger-ui.css' } },
    answers: {
      200: {
        description: 'The file.',
        headers: [],
        content: [{ type: 'text/javascript' }, { type: 'text/css' }],
      },
      304: { description: 'It is the one you have.', headers: [] },
    },
    problems: ['ROUTE_UNKNOWN', 'RATE_LIMITED'],
  },
});
