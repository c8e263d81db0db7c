import express, { type RequestHandler, type Response } from 'express';
import { DirectoryUnavailable } from '../../directory/directory-errors.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { limitPerAddress } from '../http/rate-limit.ts';
import { paragraph, renderPage, type Page } from './page.ts';

/** A page behind a link: whoever has the token is meant by it. No key, no session. */
export interface LinkPage {
  show(token: string, query: Fields): Promise<Page>;
  submit(token: string, fields: Fields, query: Fields): Promise<Page>;
}

type Fields = Readonly<Record<string, unknown>>;

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

type Handlers = readonly RequestHandler[];

/** What shows and what submits a page. The token is in the address only: nothing here logs an address. */
export function pageHandlers(
  context: ApiContext,
  page: LinkPage,
  maxFormBytes = MAX_FORM_BYTES,
): { readonly show: Handlers; readonly submit: Handlers } {
  const limit = limitPerAddress(context.pageRequestsPerMinute, (_request, response) =>
    send(response, tooMany),
  );
  const form = express.urlencoded({ extended: false, limit: maxFormBytes });
  const answering =
    (make: (token: string, fields: Fields, query: Fields) => Promise<Page>): RequestHandler =>
    async (request, response) => {
      try {
        const fields = (request.body ?? {}) as Fields;
        send(response, await make(String(request.params['token']), fields, request.query));
      } catch (error) {
        const away = error instanceof StoreUnavailable || error instanceof DirectoryUnavailable;
        if (!away) context.logger.error({ err: error }, 'a page failed');
        send(response, away ? notNow : failed);
      }
    };
  return {
    show: [limit, answering((token, _fields, query) => page.show(token, query))],
    submit: [limit, form, answering((token, fields, query) => page.submit(token, fields, query))],
  };
}
