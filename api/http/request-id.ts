import type { RequestHandler, Response } from 'express';
import { ulid } from 'ulid';

const ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/u;

/** Takes the caller's `X-Request-Id` where it is a plain word, makes one otherwise, and gives it back. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.header('x-request-id');
  const id = given !== undefined && ACCEPTABLE.test(given) ? given : `req_${ulid()}`;
  response.locals['requestId'] = id;
  response.set('X-Request-Id', id);
  next();
};

export function requestIdOf(response: Response): string {
  const id: unknown = response.locals['requestId'];
  return typeof id === 'string' ? id : 'unknown';
}
