import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import { actorIn } from './auth.ts';
import type { Call } from './call.ts';
import { Problem } from './problem.ts';
import { noteCase } from './observe-requests.ts';
import { requestIdOf } from './request-id.ts';
import type { OpenRoute, Route } from './route.ts';
import { allows } from './scopes.ts';

/** Puts routes in, each behind its scope; other methods of their addresses are refused with the ones there are. */
export function serve(app: Express, routes: readonly Route[]): void {
  for (const route of routes) {
    app[route.method](route.path, async (request, response) => {
      const call = callOf(request, response);
      Object.values(call.params).forEach(noteCase);
      if (!allows(call.actor.key.scopes, route.scope))
        throw new Problem('SCOPE_MISSING', { detail: `This needs the scope ${route.scope}.` });
      const answer = await route.handle(call);
      response.status(answer.status).set({ ...answer.headers });
      if (answer.html !== undefined) response.type('html').send(answer.html);
      else if (answer.markdown !== undefined) response.type('text/markdown').send(answer.markdown);
      else if (answer.stream !== undefined) await pipeline(answer.stream, response);
      else if (answer.body === undefined) response.end();
      else response.json(answer.body);
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    app.all(path, () => {
      throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: methods.join(', ') } });
    });
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
  return {
    actor: actorIn(response),
    requestId: requestIdOf(response),
    method: request.method,
    path: request.path,
    params: Object.fromEntries(params),
    query: request.query,
    body: request.body ?? {},
    header: (name) => request.header(name),
  };
}
