import type { Organisation } from '../../shared/domain/organisation.ts';
import { procedureKind } from '../../shared/domain/procedure/procedure-kinds.ts';
import type { ApiContext } from '../api-context.ts';
import { PAGE_POLICY } from '../../shared/platform/pages/page-style.ts';
import { acceptedType } from '../http/accepted-type.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { actorNames } from '../keys/actor-names.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { findProcedure, nameInForce, type KnownProcedure } from './find-procedure.ts';
import { inForceQuery, procedureQuery } from './procedure-fields.ts';
import { procedureView } from './procedure-view.ts';
import { procedureMarkdown } from './written/markdown.ts';
import { procedurePage } from './written/procedure-page.ts';
import { writeProcedure } from './written/write-procedure.ts';
import type { WrittenProcedure } from './written/written-procedure.ts';

const FORMATS = { 'application/json': 'json', 'text/markdown': 'markdown', 'text/html': 'html' } as const;

/** One version, as data, or as a written document. */
export async function showProcedure(context: ApiContext, call: Call, wanted: string): Promise<Answer> {
  const organisation = await organisationOf(context, call.actor.orgId);
  const { format } = parse(procedureQuery, call.query, 'query');
  return show(context, call, organisation, wanted, format);
}

/** The version that new cases of a kind are planned with. */
export async function showInForce(context: ApiContext, call: Call): Promise<Answer> {
  const organisation = await organisationOf(context, call.actor.orgId);
  const { kind, format } = parse(inForceQuery, call.query, 'query');
  return show(context, call, organisation, nameInForce(organisation, procedureKind(kind)), format);
}

async function show(
  context: ApiContext,
  call: Call,
  organisation: Organisation,
  name: string,
  asked: 'json' | 'markdown' | 'html' | undefined,
): Promise<Answer> {
  const accepted = acceptedType(call, ['application/json', 'text/markdown', 'text/html']);
  const format = asked ?? FORMATS[accepted];
  const known = await findProcedure(context, organisation.id, name);
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
  const { of, procedure, own } = known;
  const names = own === undefined ? {} : await actorNames(context, organisation.id, [own.madeBy]);
  const makerName = own && names[own.madeBy];
  return writeProcedure(known, {
    calendar: context.calendar,
    inForce: procedure.name === nameInForce(organisation, of),
    ...(makerName === undefined ? {} : { makerName }),
  });
}
