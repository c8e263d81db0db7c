import express, { type Express, type RequestHandler, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { DirectoryUnavailable } from '../../directory/directory-errors.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { paragraph, renderPage, type Page } from './page.ts';

/** A page behind a link: whoever has the token is meant by it. No key, no session. */
export interface LinkPage {
  /** The first part of its address. */
  readonly name: 'setup' | 'confirm';
  show(token: string): Promise<Page>;
  submit(token: string, fields: Readonly<Record<string, unknown>>): Promise<Page>;
}

const WINDOW_MS = 60_000;
const MAX_FORM_BYTES = 10_000;

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function send(response: Response, page: Page): void {
  response
    .status(page.status)
    .set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' })
    .type('html')
    .send(renderPage(page));
}

const tooMany: Page = {
  status: 429,
  title: 'Please wait a minute',
  content: paragraph('Too many requests came from your address. Try again in a minute.'),
};
const notNow: Page = {
  status: 503,
  title: 'Please try again',
  content: paragraph('Something does not answer at this moment. Nothing was changed; try again in a minute.'),
};
const failed: Page = {
  status: 500,
  title: 'Something went wrong',
  content: paragraph('Something unexpected happened. Please tell your administrator.'),
};

/** Serves the pages. The token is in the address only: nothing here logs an address. */
export function servePages(app: Express, context: ApiContext, pages: readonly LinkPage[]): void {
  const limit = rateLimit({
    windowMs: WINDOW_MS,
    limit: context.pageRequestsPerMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response) => send(response, tooMany),
  });
  const form = express.urlencoded({ extended: false, limit: MAX_FORM_BYTES });
  const answering =
    (make: (token: string, fields: Readonly<Record<string, unknown>>) => Promise<Page>): RequestHandler =>
    async (request, response) => {
      try {
        const fields = (request.body ?? {}) as Readonly<Record<string, unknown>>;
        send(response, await make(String(request.params['token']), fields));
      } catch (error) {
        const away = error instanceof StoreUnavailable || error instanceof DirectoryUnavailable;
        if (!away) context.logger.error({ err: error }, 'a page failed');
        send(response, away ? notNow : failed);
      }
    };
  for (const page of pages) {
    const path = `/${page.name}/:token`;
    app.get(
      path,
      limit,
      answering((token) => page.show(token)),
    );
    app.post(
      path,
      limit,
      form,
      answering((token, fields) => page.submit(token, fields)),
    );
  }
}
