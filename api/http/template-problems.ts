import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with a template, or with naming one. */
export const TEMPLATE_PROBLEMS = {
  TEMPLATE_NOT_FOUND: { status: 404, sentence: 'There is no such template.' },
  TEMPLATE_UNKNOWN: { status: 422, sentence: 'There is no template of this name.' },
  TEMPLATE_NAME_INVALID: {
    status: 422,
    sentence: 'The name of a template has small letters, digits and hyphens, and begins with a letter.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
