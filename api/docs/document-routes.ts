import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { RequestHandler } from 'express';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { limitPerAddress } from '../http/rate-limit.ts';
import { openRoutesOf, type OpenRoute } from '../http/route.ts';
import { documentOperations } from './document-operations.ts';
import { DOCS_PAGE, DOCS_POLICY, DOCS_START } from './docs-page.ts';

const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
/** The files of the library that the page needs; the others are not given. */
const FILES: ReadonlySet<string> = new Set(['swagger-ui-bundle.js', 'swagger-ui.css']);

/** The document, and the page that shows it. No key is needed to read them: they tell nothing of an organisation. */
export function documentRoutes(
  context: Pick<ApiContext, 'pageRequestsPerMinute'>,
  document: string,
): readonly OpenRoute[] {
  const limit = limitPerAddress(context.pageRequestsPerMinute);
  const give =
    (type: string, text: string, policy?: string): RequestHandler =>
    (_request, response) => {
      if (policy !== undefined) response.set('Content-Security-Policy', policy);
      response.type(type).send(text);
    };
  return openRoutesOf(documentOperations, {
    getOpenApiDocument: [limit, give('json', document)],
    showDocs: [limit, give('html', DOCS_PAGE, DOCS_POLICY)],
    getDocsFile: [limit, giveStart, giveFile],
  });
}

const giveStart: RequestHandler = (request, response, next) => {
  if (request.params['file'] === 'start.js') response.type('js').send(DOCS_START);
  else next();
};

const giveFile: RequestHandler = (request, response) => {
  const file = String(request.params['file']);
  if (!FILES.has(file)) throw new Problem('ROUTE_UNKNOWN');
  response.sendFile(file, { root: FOLDER });
};
