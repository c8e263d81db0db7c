import type { Request, RequestHandler, Response } from 'express';
import { addLogFields, withLogFields, type LogFields } from '../../shared/platform/log-context.ts';
import type { ApiContext } from '../api-context.ts';
import { requestIdOf } from './request-id.ts';

const CASE_ID = /^cas_[0-9A-HJKMNP-TV-Z]{26}$/u;
/** Asked every few seconds by machines: their lines would bury the others. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Counts every request, and writes one line when it ends: method, route, status and milliseconds, never the address as it
 * was sent, its query or its body. What is logged on the way has the same ids.
 */
export function observeRequests({ logger, metrics }: Pick<ApiContext, 'logger' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const beganAtMs = performance.now();
    const fields: LogFields = { requestId: requestIdOf(response) };
    let wasStream = false;
    metrics.requestBegan();
    response.locals['becameStream'] = () => {
      wasStream = true;
      metrics.requestBecameStream();
    };
    response.once('close', () => {
      const { method } = request;
      const route = routeOf(request);
      const ms = Math.round(performance.now() - beganAtMs);
      // Whoever asked hung up, or the answer broke off. A stream ends when its reader has had enough of it.
      const status = response.writableFinished || wasStream ? response.statusCode : 'aborted';
      const problem = response.locals['problem'] as string | undefined;
      metrics.requestEnded({ method, route, status, seconds: ms / 1000, wasStream, problem });
      const line = { ...fields, method, route, status, ms, ...(problem === undefined ? {} : { problem }) };
      logger[PROBES.has(route) ? 'debug' : 'info'](line, 'request');
    });
    withLogFields(fields, next);
  };
}

/** Counts the request as a stream from now on. It must not have ended yet. */
export function noteStream(response: Response): void {
  (response.locals['becameStream'] as () => void)();
}

/** Has the lines of this request name the case they are about. Anything but the id of a case is left out. */
export function noteCase(id: unknown): void {
  if (typeof id === 'string' && CASE_ID.test(id)) addLogFields({ caseId: id });
}

/** As it is declared, with the names of its parameters: an address holds ids and tokens, and there is no end of them. */
function routeOf(request: Request): string {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'unmatched';
}
