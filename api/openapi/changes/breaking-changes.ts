import type { OpenApiDocument } from '../open-api-document.ts';
import { operationBreaks } from './operation-breaks.ts';
import { schemaBreaks } from './schema-breaks.ts';
import { versionsOf } from './versions.ts';

const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** Why callers of `before` cannot live with `after`: one sentence for each reason, none when nothing breaks. */
export function breakingChanges(before: OpenApiDocument, after: OpenApiDocument): readonly string[] {
  const versions = versionsOf(before, after);
  const addresses = new Map(Object.entries(after.paths).map(([path, methods]) => [nameless(path), methods]));
  const breaks = Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const next = addresses.get(nameless(path))?.[method];
      if (next === undefined) return [`${name} is gone.`];
      return operationBreaks(operation, next, versions).map((sentence) => `${name}: ${sentence}`);
    }),
  );
  const ofProblems = schemaBreaks(PROBLEM, PROBLEM, { ...versions, side: 'answer', what: 'a problem' });
  return [...new Set([...breaks, ...ofProblems.map((sentence) => `Everywhere: ${sentence}`)])];
}

/** What a part of an address is called is nothing a caller sends. */
function nameless(path: string): string {
  return path.replace(/\{\w+\}/gu, '{}');
}
