import type { DocumentedOperation, DocumentedParameter } from '../open-api-document.ts';
import { answerBreaks } from './answer-breaks.ts';
import { schemaBreaks } from './schema-breaks.ts';
import type { Versions } from './versions.ts';

type Compare = (
  before: DocumentedOperation,
  after: DocumentedOperation,
  versions: Versions,
) => readonly string[];

/** What an unchanged caller of one operation would meet. */
export const operationBreaks: Compare = (before, after, versions) => [
  ...nameBreaks(before, after, versions),
  ...scopeBreaks(before, after, versions),
  ...parameterBreaks(before, after, versions),
  ...bodyBreaks(before, after, versions),
  ...answerBreaks(before, after, versions),
];

/** Clients are generated with these names. */
const nameBreaks: Compare = (before, after) =>
  before.operationId === after.operationId
    ? []
    : [`it is called ${after.operationId}, and was ${before.operationId}.`];

/** A key that was enough must go on to be enough. */
const scopeBreaks: Compare = (before, after) => {
  const [old, next] = [scopesOf(before), scopesOf(after)];
  return next.filter((scope) => !old.includes(scope)).map((scope) => `it needs the scope ${scope} now.`);
};

function scopesOf({ security }: DocumentedOperation): readonly string[] {
  return security.flatMap(({ apiKey = [] }) => apiKey);
}

const parameterBreaks: Compare = (before, after, versions) => {
  const [old, next] = [parametersOf(before), parametersOf(after)];
  const kept = old.flatMap((parameter) => {
    const what = nameOf(parameter);
    const now = next.find((one) => nameOf(one) === what);
    if (now !== undefined)
      return schemaBreaks(parameter.schema, now.schema, { ...versions, side: 'request', what });
    // A header nobody reads is ignored; a query nobody reads is refused.
    return parameter.in === 'query' ? [`${what} is no longer taken.`] : [];
  });
  const needed = next.filter(
    (parameter) =>
      parameter.required && old.find((one) => nameOf(one) === nameOf(parameter))?.required !== true,
  );
  return [...kept, ...needed.map((parameter) => `${nameOf(parameter)} is required now.`)];
};

function parametersOf({ parameters = [] }: DocumentedOperation): readonly DocumentedParameter[] {
  return parameters.filter((parameter) => parameter.in !== 'path');
}

function nameOf({ in: where, name }: DocumentedParameter): string {
  return `${where === 'query' ? 'the query parameter' : 'the header'} ${name}`;
}

const bodyBreaks: Compare = ({ requestBody: before }, { requestBody: after }, versions) => {
  const kept = Object.entries(before?.content ?? {}).flatMap(([type, { schema = {} }]) => {
    const now = after?.content[type];
    if (now === undefined) return [`a body of ${type} is no longer taken.`];
    return schemaBreaks(schema, now.schema ?? {}, { ...versions, side: 'request', what: 'the request' });
  });
  const needed = after?.required === true && before?.required !== true;
  return [...kept, ...(needed ? ['a body is required now.'] : [])];
};
