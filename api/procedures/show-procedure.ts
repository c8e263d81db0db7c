import type { Organisation } from '../../shared/domain/organisation.ts';
import type { ApiContext } from '../api-context.ts';
import { PAGE_POLICY } from '../evidence/evidence-page-style.ts';
import { acceptedType } from '../http/accepted-type.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { actorNames } from '../keys/actor-names.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { findProcedure, nameInForce, type KnownProcedure } from './find-procedure.ts';
import { procedureQuery } from './procedure-fields.ts';
import { procedureView } from './procedure-view.ts';
import { procedureMarkdown } from './written/markdown.ts';
import { procedurePage } from './written/procedure-page.ts';
import { writeProcedure } from './written/write-procedure.ts';
import type { WrittenProcedure } from './written/written-procedure.ts';

const FORMATS = { 'application/json': 'json', 'text/markdown': 'markdown', 'text/html': 'html' } as const;

/** One version, as data, or as a written document. Without a name: the one in force. */
export async function showProcedure(context: ApiContext, call: Call, wanted?: string): Promise<Answer> {
  const accepted = acceptedType(call, ['application/json', 'text/markdown', 'text/html']);
  const { format = FORMATS[accepted] } = parse(procedureQuery, call.query, 'query');
  const organisation = await organisationOf(context, call.actor.orgId);
  const known = await findProcedure(context, organisation.id, wanted ?? nameInForce(organisation));
  if (known === undefined) throw new Problem('PROCEDURE_NOT_FOUND');
  const headers = { Vary: 'Accept' };
  if (format === 'json') return { status: 200, headers, body: procedureView(known, organisation) };
  const written = await write(context, known, organisation);
  if (format === 'markdown') return { status: 200, headers, markdown: procedureMarkdown(written) };
  return {
    status: 200,
    headers: { ...headers, 'Content-Security-Policy': PAGE_POLICY },
    html: procedurePage(written).markup,
  };
}

async function write(
  context: ApiContext,
  known: KnownProcedure,
  organisation: Organisation,
): Promise<WrittenProcedure> {
  const { procedure, own } = known;
  const names = own === undefined ? {} : await actorNames(context, organisation.id, [own.madeBy]);
  const makerName = own && names[own.madeBy];
  return writeProcedure(known, {
    calendar: context.calendar,
    inForce: procedure.name === nameInForce(organisation),
    ...(makerName === undefined ? {} : { makerName }),
  });
}
