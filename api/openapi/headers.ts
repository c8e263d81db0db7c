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
} as const;
export type AnswerHeader = keyof typeof ANSWER_HEADERS;
