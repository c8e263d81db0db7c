import { json, type RequestHandler } from 'express';
import { Problem } from './problem.ts';
import { assertHarmless } from './untyped-json.ts';

const MAX_BODY_BYTES = 1_000_000;

function hasBody(headers: { readonly [name: string]: string | readonly string[] | undefined }): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const onlyJson: RequestHandler = (request, _response, next) => {
  if (hasBody(request.headers) && request.is('application/json') === false)
    throw new Problem('CONTENT_TYPE_UNSUPPORTED');
  next();
};

const harmless: RequestHandler = (request, _response, next) => {
  assertHarmless(request.body);
  next();
};

/** Reads JSON up to 1 MB and refuses what no route could want. An absent body is an empty object. */
export const readBody: readonly RequestHandler[] = [
  onlyJson,
  json({ limit: MAX_BODY_BYTES, strict: true }),
  harmless,
];
