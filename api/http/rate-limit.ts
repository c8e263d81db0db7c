import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler, Response } from 'express';
import { actorIn } from './auth.ts';
import { Problem } from './problem.ts';

const WINDOW_MS = 60_000;

function refuse(_request: Request, response: Response): void {
  const given = response.getHeader('Retry-After');
  const headers = { 'Retry-After': typeof given === 'string' ? given : '60' };
  throw new Problem('RATE_LIMITED', { headers });
}

/** So many requests per key and minute. Counted in this process. */
export function limitPerKey(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (_request, response) => actorIn(response).key.id,
    handler: refuse,
  });
}

/** So many requests per caller's address and minute, of what needs no key. Unless told otherwise the next is a problem. */
export function limitPerAddress(perMinute: number, handler: RequestHandler = refuse): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler,
  });
}

/** So many refused keys per caller's address and minute: guessing is slow. Requests with a good key do not count. */
export function limitRefusedKeys(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    handler: refuse,
  });
}
