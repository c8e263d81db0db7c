import { randomUUID } from 'node:crypto';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { caseBehind, DEPARTURES } from '../cases/case-door.ts';
import { evidencePage, PAGE_POLICY } from '../evidence/evidence-page.ts';
import { EVIDENCE_READ, readEvidence } from '../evidence/evidence-pack.ts';
import { evidenceQuery } from '../evidence/evidence-schema.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { evidenceOperations } from './evidence-operations.ts';
import { acceptedType } from '../http/accepted-type.ts';

const FORMATS = { 'application/json': 'json', 'text/html': 'html' } as const;

/** The evidence of a departure. Whoever reads it is entered in the audit before anything is shown. */
export function evidenceRoutes(context: ApiContext): readonly Route[] {
  return routesOf(evidenceOperations, { getEvidence: (call) => show(context, call) });
}

async function show(context: ApiContext, call: Call): Promise<Answer> {
  const accepted = acceptedType(call, ['application/json', 'text/html']);
  const { format = FORMATS[accepted] } = parse(evidenceQuery, call.query, 'query');
  const { orgId, ownerId: actorId } = call.actor;
  const record = await caseBehind(DEPARTURES, context, orgId, paramOf(call, 'id'));
  const pack = await readEvidence(context, record);
  const { sha256 } = pack;
  await context.repositories.audit.append({
    id: auditId(orgId, EVIDENCE_READ, randomUUID()),
    ...{ orgId, caseId: record.id, personId: record.personId, actorId, action: EVIDENCE_READ },
    atMs: context.now(),
    detail: { format, sha256 },
  });
  const headers = { 'Gangway-Evidence-Sha256': sha256, 'Cache-Control': 'no-store', Vary: 'Accept' };
  if (format === 'json') return { status: 200, headers, body: pack };
  return {
    status: 200,
    headers: { ...headers, 'Content-Security-Policy': PAGE_POLICY },
    html: evidencePage(pack).markup,
  };
}
