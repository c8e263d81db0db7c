import { randomUUID } from 'node:crypto';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { ANY_CASE, caseBehind, DEPARTURES, type CaseDoor } from '../cases/case-door.ts';
import { evidencePage, PAGE_POLICY } from '../evidence/evidence-page.ts';
import {
  caseEvidence,
  departureEvidence,
  EVIDENCE_READ,
  type EvidencePack,
} from '../evidence/evidence-pack.ts';
import { evidenceQuery } from '../evidence/evidence-schema.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { caseEvidenceOperations, evidenceOperations } from './evidence-operations.ts';
import { acceptedType } from '../http/accepted-type.ts';

const FORMATS = { 'application/json': 'json', 'text/html': 'html' } as const;

/** The evidence of a case. Whoever reads it is entered in the audit before anything is shown. */
export function evidenceRoutes(context: ApiContext): readonly Route[] {
  return [
    ...routesOf(evidenceOperations, {
      getEvidence: (call) => show(context, call, DEPARTURES, (record) => departureEvidence(context, record)),
    }),
    ...routesOf(caseEvidenceOperations, {
      getCaseEvidence: (call) => show(context, call, ANY_CASE, (record) => caseEvidence(context, record)),
    }),
  ];
}

async function show<Of extends CaseRecord>(
  context: ApiContext,
  call: Call,
  door: CaseDoor<Of>,
  read: (record: Of) => Promise<EvidencePack>,
): Promise<Answer> {
  const accepted = acceptedType(call, ['application/json', 'text/html']);
  const { format = FORMATS[accepted] } = parse(evidenceQuery, call.query, 'query');
  const { orgId, ownerId: actorId } = call.actor;
  const record = await caseBehind(door, context, orgId, paramOf(call, 'id'));
  const pack = await read(record);
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
