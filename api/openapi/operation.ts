import type { z } from 'zod';
import type { ProblemCode } from '../http/problem.ts';
import type { Scope } from '../http/scopes.ts';
import type { AnswerHeader, RequestHeader } from './headers.ts';
import type { Parameter } from './parameters.ts';
import type { Tag } from './tags.ts';

/** What a request carries. `schema` is the very one its handler parses it with. */
export interface RequestBody {
  readonly type: 'application/json' | 'application/x-www-form-urlencoded';
  readonly schema: z.ZodType;
  /** By what each shows. */
  readonly examples: Readonly<Record<string, unknown>>;
}

/** A file as it is, in place of a body that is parsed: its handler reads it as it comes. */
export interface RequestFile {
  readonly description: string;
  /** Those it may be sent as; besides them as the only part, called `file`, of `multipart/form-data`. */
  readonly types: readonly string[];
}

/** One way in which a request succeeds. */
export interface DescribedAnswer {
  readonly description: string;
  /** Besides those that every answer has. */
  readonly headers: readonly AnswerHeader[];
  /** Absent: there is no body. */
  readonly content?: AnswerContent | readonly AnswerContent[];
}

interface AnswerContent {
  readonly type: string;
  /** Absent: not JSON. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
}

/** One method of one address: what it takes, and everything it may answer. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As the router takes it: `/v1/people/:id`. */
  readonly path: string;
  readonly tag: Tag;
  /** One line, in the imperative. */
  readonly summary: string;
  readonly description?: string;
  /** One for each `:name` of the path. */
  readonly params?: Readonly<Record<string, Parameter>>;
  readonly query?: z.ZodObject;
  readonly headers?: readonly RequestHeader[];
  readonly body?: RequestBody;
  readonly file?: RequestFile;
  /** By status. Refusals are in `problems`. */
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  /** Its own refusals; those that many operations have are added by the document (`generalProblems`). */
  readonly problems: readonly ProblemCode[];
}

/** Needs a key with this scope. */
export interface KeyedOperation extends Operation {
  readonly scope: Scope;
}

type Untagged<T extends Operation> = Omit<T, 'tag'>;
type Tagged<Name extends string, T extends Operation> = Readonly<Record<Name, T>>;

/** The operations of an area by their names, which are stable: clients are generated from them. */
export function operations<const Name extends string>(
  tag: Tag,
  described: Readonly<Record<Name, Untagged<KeyedOperation>>>,
): Tagged<Name, KeyedOperation> {
  return tagged(tag, described);
}

/** Those that need no key. */
export function openOperations<const Name extends string>(
  tag: Tag,
  described: Readonly<Record<Name, Untagged<Operation>>>,
): Tagged<Name, Operation> {
  return tagged(tag, described);
}

function tagged<Name extends string, T extends Operation>(
  tag: Tag,
  described: Readonly<Record<Name, Untagged<T>>>,
): Tagged<Name, T> {
  const entries = Object.entries<Untagged<T>>(described).map(([name, one]) => [name, { ...one, tag }]);
  return Object.fromEntries(entries) as Tagged<Name, T>;
}

/** A JSON body. */
export function takes<Schema extends z.ZodType>(
  schema: Schema,
  examples: Readonly<Record<string, z.input<Schema>>>,
): RequestBody {
  return { type: 'application/json', schema, examples };
}

/** A JSON answer. */
export function gives<Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  example: z.output<Schema>,
  ...headers: readonly AnswerHeader[]
): DescribedAnswer {
  return { description, headers, content: { type: 'application/json', schema, example } };
}

/** A page for people. */
export function showsPage(description: string, ...headers: readonly AnswerHeader[]): DescribedAnswer {
  return { description, headers, content: { type: 'text/html' } };
}

/** Nothing: the caller has it already. */
export const UNCHANGED: DescribedAnswer = { description: 'It is as you have it.', headers: ['ETag'] };
