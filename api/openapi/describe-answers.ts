import type { ProblemCode } from '../http/problem.ts';
import type { AnswerHeader } from './headers.ts';
import type { JsonSchemas } from './json-schemas.ts';
import type { DocumentedContent, DocumentedResponse, Reference } from './open-api-document.ts';
import type { DescribedAnswer, Operation } from './operation.ts';
import { isKeyed, KEY_REFUSALS, problemAnswer, problemsByStatus } from './problem-answers.ts';

/** What operations have in common, each part named once. */
export interface Components {
  readonly schemas: JsonSchemas;
  readonly responses: Record<string, DocumentedResponse>;
}

/** Every answer an operation may give, by status: how it succeeds, and what it refuses. */
export function describeAnswers(
  operation: Operation,
  components: Components,
): Readonly<Record<string, DocumentedResponse | Reference>> {
  const described: Record<string, DocumentedResponse | Reference> = {};
  for (const [status, answer] of Object.entries(operation.answers))
    described[status] = succeeds(operation, answer, components);
  for (const [status, codes] of problemsByStatus(operation)) {
    const answer = operation.answers[status];
    described[status] =
      answer === undefined
        ? shared(codes, components)
        : both(succeeds(operation, answer, components), refuses(codes));
  }
  return described;
}

const ALWAYS: readonly AnswerHeader[] = ['X-Request-Id'];
const COUNTED: readonly AnswerHeader[] = [...ALWAYS, 'RateLimit', 'RateLimit-Policy'];

function isLimited(operation: Operation): boolean {
  return (
    isKeyed(operation) || operation.answers[429] !== undefined || operation.problems.includes('RATE_LIMITED')
  );
}

function succeeds(
  operation: Operation,
  { description, headers, content = [] }: DescribedAnswer,
  { schemas }: Components,
): DocumentedResponse {
  const contents = [content].flat().map(({ type, schema, example }): [string, DocumentedContent] => [
    type,
    {
      ...(schema === undefined ? {} : { schema: schemas.ofAnswer(schema) }),
      ...(example === undefined ? {} : { example }),
    },
  ]);
  return {
    description,
    headers: references([...(isLimited(operation) ? COUNTED : ALWAYS), ...headers]),
    ...(contents.length === 0 ? {} : { content: Object.fromEntries(contents) }),
  };
}

function refuses(codes: readonly ProblemCode[]): DocumentedResponse {
  const { description, headers, schema, example } = problemAnswer(codes);
  return {
    description,
    headers: references([...COUNTED, ...headers]),
    content: { 'application/problem+json': { schema, example } },
  };
}

/** A refusal that many operations have is told once. */
function shared(codes: readonly ProblemCode[], { responses }: Components): DocumentedResponse | Reference {
  const name = nameOf(codes);
  if (name === undefined) return refuses(codes);
  responses[name] ??= refuses(codes);
  return { $ref: `#/components/responses/${name}` };
}

/** `DEPARTURE_NOT_FOUND` is `DepartureNotFound`. */
function nameOf(codes: readonly ProblemCode[]): string | undefined {
  if (codes.join() === KEY_REFUSALS.join()) return 'KeyRefused';
  const [code, ...others] = codes;
  if (code === undefined || others.length > 0) return undefined;
  return code.toLowerCase().replace(/(?:^|_)([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
}

function both(answer: DocumentedResponse, refusal: DocumentedResponse): DocumentedResponse {
  return {
    description: `${answer.description}\n\n${refusal.description}`,
    headers: { ...answer.headers, ...refusal.headers },
    content: { ...answer.content, ...refusal.content },
  };
}

function references(names: readonly AnswerHeader[]): Readonly<Record<string, Reference>> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
