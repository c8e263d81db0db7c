import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { importsQuery } from './import-fields.ts';
import { importView } from './import-view.ts';

/** Imports, the newest first. */
export function listImports(context: ApiContext, call: Call): Promise<Answer> {
  const { state, ...wanted } = parse(importsQuery, call.query, 'query');
  return answerPage<PeopleImport>(call, wanted, {
    name: 'imports',
    key: /^imp_[0-9A-Za-z]{1,40}$/u,
    keyOf: ({ id }) => id,
    read: (range) => context.repositories.imports.list(call.actor.orgId, { ...range, state }),
    show: (imports) => imports.map((one) => importView(one, context.now())),
  });
}
