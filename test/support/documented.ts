import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { EVERY_OPERATION } from '../../api/every-operation.ts';
import { describeApi } from '../../api/openapi/describe-api.ts';
import { OCCASIONAL_HEADERS } from '../../api/openapi/headers.ts';
import type { DocumentedOperation, DocumentedResponse } from '../../api/openapi/open-api-document.ts';

/** A text, a file, or a form with one. */
export type SentBody = string | Uint8Array | FormData;

/** One request and what came back of it. */
interface Exchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Of bytes only that there are some. */
  readonly sent: { readonly headers: Headers; readonly text?: string | undefined };
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Answers closed: a member that is not described is an error. */
const document = describeApi(EVERY_OPERATION, 'test', 'closed');
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'api:', ...document });

/** What Node, Express and helmet send with anything. Every other header must be described. */
const ORDINARY_HEADER =
  /^(accept-ranges|cache-control|connection|content-(length|security-policy|type)|cross-origin-.*|date|etag|keep-alive|last-modified|origin-agent-cluster|referrer-policy|strict-transport-security|transfer-encoding|x-(content-type-options|dns-prefetch-control|download-options|frame-options|permitted-cross-domain-policies|xss-protection))$/u;

const OCCASIONAL = new Set([...OCCASIONAL_HEADERS].map((name) => name.toLowerCase()));

/**
 * Sends a request to the API, and throws where it or its answer is not as the document has it: an unknown status, code,
 * member or header, or a request that should not have been taken.
 */
export async function documentedFetch(
  url: string,
  { body, ...init }: RequestInit & { readonly body?: SentBody } = {},
): Promise<Response> {
  const request = new Request(url, {
    ...init,
    ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
  });
  const response = await fetch(request);
  const { pathname, search } = new URL(url);
  const { method, headers: sentHeaders } = request;
  const exchange: Exchange = {
    ...{
      method,
      path: `${pathname}${search}`,
      sent: { headers: sentHeaders, text: typeof body === 'string' ? body : body && 'bytes' },
    },
    ...{ status: response.status, headers: response.headers, text: await response.clone().text() },
  };
  const deviations = deviationsOf(exchange);
  if (deviations.length === 0) return response;
  const summary = `not documented: ${method} ${exchange.path} answers ${response.status}`;
  throw new Error([summary, ...deviations, exchange.text].join('\n'));
}

function deviationsOf(exchange: Exchange): readonly string[] {
  const method = exchange.method.toLowerCase();
  const template = templateOf(exchange);
  const operation = template === undefined ? undefined : document.paths[template]?.[method];
  // The door has refused: whether the key, or because there is nothing there.
  if (template === undefined || operation === undefined)
    return schemaErrors(['components', 'schemas', 'Problem'], parsed(exchange.text));
  const at = ['paths', template, method];
  return [
    ...answerDeviations(exchange, operation, at),
    ...(exchange.status < 400 ? requestDeviations(exchange, operation, at) : []),
  ];
}

/** The address as the document writes it; words come before parameters. */
function templateOf({ path }: Exchange): string | undefined {
  const segments = (path.split('?')[0] ?? '').split('/');
  const matching = Object.keys(document.paths).filter((template) => {
    const parts = template.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, index) => part.startsWith('{') || part === segments[index])
    );
  });
  return matching.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

function answerDeviations(
  { status, headers, text }: Exchange,
  operation: DocumentedOperation,
  at: readonly string[],
): readonly string[] {
  const found = operation.responses[status];
  if (found === undefined) return ['this status is not described'];
  const shared = '$ref' in found ? found.$ref.slice('#/'.length).split('/') : undefined;
  const response = (shared === undefined ? found : document.components.responses[shared[2] ?? '']) as
    DocumentedResponse | undefined;
  const described = new Set(Object.keys(response?.headers ?? {}).map((name) => name.toLowerCase()));
  const unknown = [...headers.keys()].filter((name) => !ORDINARY_HEADER.test(name) && !described.has(name));
  const missing =
    status < 400 ? [...described].filter((name) => !headers.has(name) && !OCCASIONAL.has(name)) : [];
  const type = headers.get('content-type')?.split(';')[0];
  const inAnswer = [...(shared ?? [...at, 'responses', String(status)]), 'content', type ?? ''];
  return [
    ...unknown.map((name) => `the header ${name} is not described`),
    ...missing.map((name) => `the header ${name} is missing`),
    ...contentDeviations(response?.content?.[type ?? ''], inAnswer, text),
  ];
}

function contentDeviations(
  content: { readonly schema?: unknown } | undefined,
  at: readonly string[],
  text: string,
): readonly string[] {
  if (content === undefined) return text === '' ? [] : ['this type of content is not described'];
  return content.schema === undefined ? [] : schemaErrors([...at, 'schema'], parsed(text));
}

/** A request that was taken is one the document allows. */
function requestDeviations(
  { path, sent }: Exchange,
  operation: DocumentedOperation,
  at: readonly string[],
): readonly string[] {
  const { parameters = [], requestBody } = operation;
  const named = (where: string) => parameters.filter((parameter) => parameter.in === where);
  const query = new Set(new URLSearchParams(path.split('?')[1] ?? '').keys());
  const known = new Set(named('query').map(({ name }) => name));
  const missing = named('header').filter(({ name, required }) => required && !sent.headers.has(name));
  const type = sent.headers.get('content-type')?.split(';')[0] ?? '';
  const isJson = type === 'application/json' && requestBody?.content[type] !== undefined;
  return [
    ...[...query].filter((name) => !known.has(name)).map((name) => `the query ${name} is not described`),
    ...missing.map(({ name }) => `it was taken without the header ${name}`),
    ...(requestBody?.required === true && sent.text === undefined ? ['it was taken without a body'] : []),
    ...(isJson && sent.text !== undefined
      ? schemaErrors([...at, 'requestBody', 'content', type, 'schema'], parsed(sent.text))
      : []),
  ];
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

const validators = new Map<string, ValidateFunction>();

function schemaErrors(at: readonly string[], value: unknown): readonly string[] {
  const pointer = at
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `api:#/${pointer}` });
  validators.set(pointer, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
