/** A header a request has. */
export interface RequestHeader {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly example: string;
}

const idempotency = {
  name: 'Idempotency-Key',
  description:
    'One to 200 printable ASCII characters of your choice. The same key with the same request has one effect and gives the same answer; a secret is in the first answer only.',
  example: 'b3f1c0de-1',
};

/** Commands on a case: nobody sends one twice by accident. */
export const idempotencyKey: RequestHeader = { ...idempotency, required: true };
export const optionalIdempotencyKey: RequestHeader = { ...idempotency, required: false };

export const sessionToken: RequestHeader = {
  name: 'X-Session-Token',
  description: 'The token that a sign-in gave.',
  required: true,
  example: 'org_….acc_….pQ4…',
};

/** Optional. An operation that has it decides it in the write; everywhere else it is refused. */
export const ifMatch: RequestHeader = {
  name: 'If-Match',
  description:
    'The `ETag` of what you have seen, or `*`. Of several who name the same revision exactly one goes on; whoever is refused with 412 has changed nothing. A command that is refused otherwise has used its tag up.',
  required: false,
  example: '"7"',
};

export function takesIfMatch({ headers = [] }: { readonly headers?: readonly RequestHeader[] }): boolean {
  return headers.includes(ifMatch);
}

export const ifNoneMatch: RequestHeader = {
  name: 'If-None-Match',
  description: 'The `ETag` of what you have: where it is still so, the answer is 304.',
  required: false,
  example: '"7"',
};

export const prefer: RequestHeader = {
  name: 'Prefer',
  description:
    '`wait=N`: seconds, 30 at most, that the answer may take until the outcome can be seen (RFC 7240). When they are over, the usual answer comes.',
  required: false,
  example: 'wait=10',
};

export const lastEventId: RequestHeader = {
  name: 'Last-Event-ID',
  description: 'The `id` of the event you saw last: the stream goes on after it.',
  required: false,
  example: '12.9.4',
};

/** Headers of answers that mean something to a caller, by name. */
export const ANSWER_HEADERS = {
  'X-Request-Id':
    'Names this request in the log: the one you sent (8 to 64 letters, digits, `.`, `_`, `-`), else a new one.',
  RateLimit: 'How many requests are left in this minute.',
  'RateLimit-Policy': 'How many requests there are in a minute.',
  'Retry-After': 'Seconds to wait before the same request is sent again.',
  'WWW-Authenticate': 'How to send a key.',
  Location: 'The address of what was made, or of what is in the way.',
  'Content-Digest': 'The sha256 of the body (RFC 9530).',
  'Content-Disposition': 'A name for the file.',
  'Gangway-Evidence-Sha256': 'The `sha256` member of the evidence.',
  Vary: 'The answer depends on this header of the request.',
  ETag: 'Names the revision: for `If-Match` and `If-None-Match`.',
  Link: 'The next page: `<address>; rel="next"`. Absent on the last one.',
  'Preference-Applied': 'How long the answer might have taken; only where it was asked for.',
} as const;
export type AnswerHeader = keyof typeof ANSWER_HEADERS;

/** Those that an answer has only now and then. */
export const OCCASIONAL_HEADERS: ReadonlySet<AnswerHeader> = new Set(['Link', 'Preference-Applied']);
