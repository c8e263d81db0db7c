import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { takesIfMatch } from '../openapi/headers.ts';
import { actorIn } from './auth.ts';
import { readBody } from './body.ts';
import type { Answer, Call } from './call.ts';
import { isKnown } from './etag.ts';
import { Problem } from './problem.ts';
import { noteCase, noteStream } from './observe-requests.ts';
import { requestIdOf } from './request-id.ts';
import type { OpenRoute, Route } from './route.ts';
import { allows } from './scopes.ts';

/** Puts routes in, each behind its scope; other methods of their addresses are refused with the ones there are. */
export function serve(app: Express, routes: readonly Route[]): void {
  for (const route of routes) {
    const body = route.file === undefined ? readBody : [];
    app[route.method](route.path, ...body, async (request, response) => {
      const call = {
        ...callOf(request, response),
        ...(route.file === undefined ? {} : { incoming: request }),
      };
      Object.values(call.params).forEach(noteCase);
      if (!allows(call.actor.key.scopes, route.scope))
        throw new Problem('SCOPE_MISSING', { detail: `This needs the scope ${route.scope}.` });
      if (call.header('if-match') !== undefined && !takesIfMatch(route))
        throw new Problem('IF_MATCH_NOT_TAKEN', { field: 'If-Match' });
      await send(call, await route.handle(call), response);
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    app.all(path, () => {
      throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: methods.join(', ') } });
    });
  }
}

async function send(call: Call, answer: Answer, response: Response): Promise<void> {
  const { status, headers = {}, html, markdown, stream, body } = answer;
  const etag = headers['ETag'];
  response.status(status).set({ ...headers });
  if (call.method === 'GET' && etag !== undefined && isKnown(call, etag)) response.status(304).end();
  else if (html !== undefined) response.type('html').send(html);
  else if (markdown !== undefined) response.type('text/markdown').send(markdown);
  else if (stream !== undefined) await sendStream(call, stream, response);
  else if (body === undefined) response.end();
  else response.json(body);
}

async function sendStream(call: Call, stream: Readable, response: Response): Promise<void> {
  // Nobody reads it: it was asked for its head alone, or whoever asked is gone already.
  if (call.method === 'HEAD' || response.closed) {
    stream.destroy();
    response.end();
    return;
  }
  noteStream(response);
  try {
    await pipeline(stream, response);
  } catch (error) {
    // Whoever goes before the end has had enough of it.
    if (!call.signal.aborted || errorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Puts in what needs no key. */
export function serveOpen(app: Express, routes: readonly OpenRoute[]): void {
  for (const { method, path, handlers } of routes) app[method](path, ...handlers);
}

function callOf(request: Request, response: Response): Call {
  const params = Object.entries(request.params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const gone = new AbortController();
  // Whoever left while the key was looked up is not announced again.
  if (response.closed) gone.abort();
  else response.once('close', () => gone.abort());
  return {
    actor: actorIn(response),
    requestId: requestIdOf(response),
    method: request.method,
    path: request.path,
    params: Object.fromEntries(params),
    query: request.query,
    body: request.body ?? {},
    header: (name) => request.header(name),
    signal: gone.signal,
  };
}
