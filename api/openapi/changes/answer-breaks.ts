import type { DocumentedOperation, DocumentedResponse } from '../open-api-document.ts';
import { schemaBreaks } from './schema-breaks.ts';
import type { Versions } from './versions.ts';

const PROBLEM_TYPE = 'application/problem+json';

type Responses = DocumentedOperation['responses'];

/** What a caller who waits for the old answers would miss. */
export function answerBreaks(
  { responses: before }: DocumentedOperation,
  { responses: after }: DocumentedOperation,
  versions: Versions,
): readonly string[] {
  const kept = Object.entries(before).flatMap(([status, response]) => {
    const now = after[status];
    if (now === undefined) return [`it no longer answers ${status}.`];
    return responseBreaks(status, versions.responseBefore(response), versions.responseAfter(now), versions);
  });
  return [...kept, ...codeBreaks(before, after, versions)];
}

function responseBreaks(
  status: string,
  before: DocumentedResponse,
  after: DocumentedResponse,
  versions: Versions,
): readonly string[] {
  const what = `the answer ${status}`;
  const headers = Object.keys(before.headers ?? {}).filter((name) => after.headers?.[name] === undefined);
  const contents = Object.entries(before.content ?? {}).flatMap(([type, { schema = {} }]) => {
    const now = after.content?.[type];
    if (now === undefined) return [`${what} is no longer given as ${type}.`];
    // Which codes there are is compared over all statuses, and what a problem is like only once.
    if (type === PROBLEM_TYPE) return [];
    return schemaBreaks(schema, now.schema ?? {}, { ...versions, side: 'answer', what });
  });
  return [...headers.map((name) => `${what} no longer has the header ${name}.`), ...contents];
}

/** A code means its status to a caller. One that is no longer met is missed by nobody. */
function codeBreaks(before: Responses, after: Responses, versions: Versions): readonly string[] {
  const [old, next] = [codesOf(before, versions.responseBefore), codesOf(after, versions.responseAfter)];
  return [...old].flatMap(([code, status]) => {
    const now = next.get(code);
    return now === undefined || now === status ? [] : [`the problem ${code} is ${now}, and was ${status}.`];
  });
}

function codesOf(responses: Responses, follow: Versions['responseBefore']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(responses).flatMap(([status, response]) =>
      problemCodes(follow(response)).map((code): [string, string] => [code, status]),
    ),
  );
}

function problemCodes({ content = {} }: DocumentedResponse): readonly string[] {
  const [, ofStatus] = content[PROBLEM_TYPE]?.schema?.allOf ?? [];
  const { code } = ofStatus?.properties ?? {};
  return typeof code === 'object' ? ((code.enum ?? []) as readonly string[]) : [];
}
