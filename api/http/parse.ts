import type { z } from 'zod';
import { Problem, type FieldError } from './problem.ts';
import { escapePointer } from './untyped-json.ts';

type Source = 'body' | 'query';

/**
 * The only door for untyped input: past it, values have domain types. Throws a `Problem` that names the first wrong field
 * (a JSON pointer in a body, the parameter's name in a query) and lists the others.
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown, source: Source = 'body'): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => errorsOf(issue, source));
  const [first] = errors;
  if (first === undefined) throw new Problem('INVALID_REQUEST');
  throw new Problem(first.code, {
    field: first.field,
    detail: first.detail,
    ...(errors.length > 1 ? { errors } : {}),
  });
}

function errorsOf(issue: z.core.$ZodIssue, source: Source): readonly FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: pointerOf([...path, key], source),
      code: 'UNKNOWN_FIELD',
      detail: 'There is no such field here.',
    }));
  }
  return [{ field: pointerOf(path, source), code: 'INVALID_REQUEST', detail: sentenceOf(issue) }];
}

function pointerOf(path: readonly string[], source: Source): string {
  // A field that is given more than once has one name.
  if (source === 'query') return path[0] ?? '';
  return path.map((key) => `/${escapePointer(key)}`).join('');
}

/** Our words; they never repeat the value. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Expected: ${issue.expected}.`;
    case 'too_small':
      return `Smaller or shorter than ${issue.minimum}.`;
    case 'too_big':
      return `Larger or longer than ${issue.maximum}.`;
    case 'invalid_value':
      return `Expected one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_format':
      return 'This does not have the expected form.';
    case 'custom':
      return issue.message;
    default:
      return 'This is not accepted here.';
  }
}
