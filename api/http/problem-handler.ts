import type { ErrorRequestHandler } from 'express';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { DirectoryUnavailable } from '../../directory/directory-errors.ts';
import { Problem, problemBodyOf, problemKindOf, type ProblemCode } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** What the body parser and the router say, by the `type` or status of their errors. */
const BY_TYPE: Readonly<Record<string, ProblemCode>> = {
  'entity.parse.failed': 'NOT_JSON',
  'entity.too.large': 'BODY_TOO_LARGE',
  'encoding.unsupported': 'CONTENT_TYPE_UNSUPPORTED',
  'charset.unsupported': 'CONTENT_TYPE_UNSUPPORTED',
  'request.aborted': 'INVALID_REQUEST',
  'request.size.invalid': 'INVALID_REQUEST',
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable || error instanceof DirectoryUnavailable)
    return new Problem('STORE_UNAVAILABLE', { headers: { 'Retry-After': '5' } });
  const { type, status } = error as { readonly type?: unknown; readonly status?: unknown };
  const known = typeof type === 'string' ? BY_TYPE[type] : undefined;
  if (known !== undefined) return new Problem(known);
  // An address that cannot be decoded.
  if (error instanceof URIError || status === 400) return new Problem('INVALID_REQUEST');
  return new Problem('UNEXPECTED');
}

/** Every refusal leaves as problem+json. What was not foreseen is logged in full and told without its text. */
export function answerProblems(context: ApiContext): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    const requestId = requestIdOf(response);
    response.locals['problem'] = problem.code;
    if (problem.code === 'UNEXPECTED')
      context.logger.error({ err: error, method: request.method }, 'a request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    response
      .status(problemKindOf(problem.code).status)
      .set({ ...problem.options.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problemBodyOf(problem, requestId)));
  };
}
