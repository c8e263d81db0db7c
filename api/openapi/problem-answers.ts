import { Problem, problemBodyOf, problemKindOf, type ProblemCode } from '../http/problem.ts';
import { sentencesOf } from '../http/problem-schema.ts';
import { EXAMPLE } from './example-ids.ts';
import { ifMatch, ifNoneMatch, takesIfMatch, type AnswerHeader, type RequestHeader } from './headers.ts';
import type { JsonSchema } from './json-schemas.ts';
import type { KeyedOperation, Operation } from './operation.ts';

export const KEY_REFUSALS: readonly ProblemCode[] = ['KEY_REQUIRED', 'KEY_INVALID', 'KEY_EXPIRED'];
const OF_KEYS: readonly ProblemCode[] = [
  ...KEY_REFUSALS,
  'SCOPE_MISSING',
  'RATE_LIMITED',
  'STORE_UNAVAILABLE',
];
const OF_JSON_BODIES: readonly ProblemCode[] = [
  'INVALID_REQUEST',
  'UNKNOWN_FIELD',
  'NOT_JSON',
  'TOO_DEEP',
  'OPERATOR_REFUSED',
  'BODY_TOO_LARGE',
  'CONTENT_TYPE_UNSUPPORTED',
];

const OF_FILES: readonly ProblemCode[] = ['INVALID_REQUEST', 'UNKNOWN_FIELD', 'CONTENT_TYPE_UNSUPPORTED'];

const OF_TAGS: ReadonlySet<RequestHeader> = new Set([ifMatch, ifNoneMatch]);

/** What any operation of this form may refuse: by its key, its address, its query, its body, its headers. */
function generalProblems(operation: Operation): readonly ProblemCode[] {
  const key = operation.headers?.find(({ name }) => name === 'Idempotency-Key');
  return [
    ...(isKeyed(operation) ? OF_KEYS : []),
    ...(isKeyed(operation) && !takesIfMatch(operation) ? (['IF_MATCH_NOT_TAKEN'] as const) : []),
    // Of an address that cannot be decoded.
    ...(operation.path.includes(':') ? (['INVALID_REQUEST'] as const) : []),
    ...(operation.query === undefined ? [] : (['INVALID_REQUEST', 'UNKNOWN_FIELD'] as const)),
    ...(operation.query?.shape['after'] === undefined ? [] : (['CURSOR_INVALID'] as const)),
    ...(takesIfMatch(operation) ? (['PRECONDITION_FAILED'] as const) : []),
    ...(operation.headers?.some((header) => OF_TAGS.has(header)) ? (['ETAG_MALFORMED'] as const) : []),
    ...(operation.body?.type === 'application/json' ? OF_JSON_BODIES : []),
    ...(operation.file === undefined ? [] : OF_FILES),
    ...(key?.required === true ? (['IDEMPOTENCY_KEY_REQUIRED'] as const) : []),
    ...(key === undefined ? [] : (['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_MISMATCH'] as const)),
    'UNEXPECTED',
  ];
}

export function isKeyed(operation: Operation): operation is KeyedOperation {
  return 'scope' in operation;
}

/** Every refusal of an operation by its status, its own ones first. */
export function problemsByStatus(operation: Operation): ReadonlyMap<number, readonly ProblemCode[]> {
  const codes = new Set([...operation.problems, ...generalProblems(operation)]);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problemKindOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

const HEADERS_OF: Readonly<Partial<Record<ProblemCode, AnswerHeader>>> = {
  KEY_REQUIRED: 'WWW-Authenticate',
  KEY_INVALID: 'WWW-Authenticate',
  KEY_EXPIRED: 'WWW-Authenticate',
  RATE_LIMITED: 'Retry-After',
  STORE_UNAVAILABLE: 'Retry-After',
  ENGINE_UNAVAILABLE: 'Retry-After',
  CONCURRENT_CHANGE: 'Retry-After',
  DEPARTURE_EXISTS: 'Location',
  PRECONDITION_FAILED: 'ETag',
  STREAMS_EXHAUSTED: 'Retry-After',
};

export interface ProblemAnswer {
  readonly description: string;
  readonly headers: readonly AnswerHeader[];
  readonly schema: JsonSchema;
  readonly example: unknown;
}

/** The refusals of one status: which codes to expect, and the form of them. */
export function problemAnswer(codes: readonly ProblemCode[]): ProblemAnswer {
  const [first = 'UNEXPECTED'] = codes;
  return {
    description: sentencesOf(codes),
    headers: [...new Set(codes.flatMap((code) => HEADERS_OF[code] ?? []))],
    schema: {
      allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: [...codes] } } }],
    },
    example: problemBodyOf(new Problem(first), EXAMPLE.requestId),
  };
}
