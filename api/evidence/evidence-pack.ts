import type { CaseOf, CaseRecord } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { lockoutTimes } from '../../shared/domain/lockout-times.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import type { AuditEntry } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { caseView, evidenceView } from '../cases/case-view.ts';
import { departureView, lockoutView } from '../departures/departure-view.ts';
import { utc } from '../http/instants.ts';
import { actorNames } from '../keys/actor-names.ts';
import { hashOfJson } from './canonical-json.ts';

/** Reading the evidence is entered in the audit and is no part of it, so that the same evidence has the same hash. */
export const EVIDENCE_READ = 'evidence.read';

const PAGE = 200;
/** What somebody other than the engine decided about a case, after the word that names its kind. */
const DECISIONS: ReadonlySet<string> = new Set([
  ...['approveStep', 'skipStep', 'completeChecklistItem', 'releaseCase', 'placeLegalHold', 'liftLegalHold'],
]);

type EvidenceContext = Pick<ApiContext, 'repositories' | 'calendar'>;

/** The evidence of one case, as that is shown under `/v1/departures` or under `/v1/cases`. */
export type EvidencePack = Awaited<ReturnType<typeof departureEvidence | typeof caseEvidence>>;

/** Everything that is known of a departure. */
export function departureEvidence(context: EvidenceContext, record: CaseOf<'departure'>) {
  return packOf(context, record, (proofs) => {
    const { steps, ...departure } = departureView(record, proofs, context.calendar);
    return { steps, subject: { departure } };
  });
}

/** Everything that is known of a case, whatever its kind. */
export function caseEvidence(context: EvidenceContext, record: CaseRecord) {
  return packOf(context, record, (proofs) => {
    const { steps, ...rest } = caseView(record, proofs, context.calendar);
    const { targets, ...times } = lockoutTimes(record.plan, proofs);
    const lockout = targets.length === 0 ? {} : { lockout: lockoutView({ targets, ...times }) };
    return { steps, subject: { case: { ...rest, ...lockout } } };
  });
}

/** From the database alone: it outlives the account and the case. `sha256` is of the canonical JSON of all the rest. */
async function packOf<Subject extends object, Step>(
  context: EvidenceContext,
  record: CaseRecord,
  shown: (proofs: readonly Evidence[]) => { readonly subject: Subject; readonly steps: readonly Step[] },
) {
  const { orgId, id } = record;
  const { people, evidence, archiveParts } = context.repositories;
  const person = await people.get(orgId, record.personId);
  const proofs = await evidence.listByCase(orgId, id);
  const commands = (await auditOf(context, orgId, id)).map(commandView);
  const parts = await archiveParts.listByCase(orgId, id);
  const { subject, steps } = shown(proofs);
  const pack = {
    format: 'gangway-evidence@1',
    organisationId: orgId,
    ...subject,
    ...(person === undefined ? {} : { person: personOf(person) }),
    ...(record.guardHeld === undefined ? {} : { guardHeld: record.guardHeld }),
    actors: await actorNames(context, orgId, [record.requestedBy, ...commands.map(({ actorId }) => actorId)]),
    decisions: commands.filter(({ action }) => DECISIONS.has(action.slice(action.indexOf('.') + 1))),
    commands,
    steps: [...steps, ...leftSteps(record, proofs)],
    archive: parts.map(({ part, target, messageCount, bytes, manifestSha256 }) => {
      return { part, ...(target === undefined ? {} : { target }), messageCount, bytes, manifestSha256 };
    }),
  };
  return { ...pack, sha256: hashOfJson(pack) };
}

/** Steps that left the plan (the case was moved or turned back) after they were tried. */
function leftSteps(record: CaseRecord, proofs: readonly Evidence[]) {
  const planned = new Set(record.plan.steps.map((step) => step.key));
  const left = proofs.filter(({ stepKey }) => !planned.has(stepKey));
  return [...new Set(left.map(({ stepKey }) => stepKey))].map((key) => {
    const rounds = left.filter(({ stepKey }) => stepKey === key).sort((a, b) => a.round - b.round);
    const [first] = rounds;
    return {
      key,
      kind: first?.kind,
      ...(first?.target === undefined ? {} : { target: first.target }),
      leftPlan: true,
      status: rounds.at(-1)?.status,
      rounds: rounds.map(evidenceView),
    };
  });
}

async function auditOf(
  context: EvidenceContext,
  orgId: string,
  caseId: string,
): Promise<readonly AuditEntry[]> {
  const all: AuditEntry[] = [];
  for (let after: string | undefined; ;) {
    const page = await context.repositories.audit.listByCase(orgId, caseId, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    all.push(...page);
    after = page.at(-1)?.position;
    if (page.length < PAGE) return all.filter(({ action }) => action !== EVIDENCE_READ);
  }
}

function commandView({ atMs, actorId, action, detail }: AuditEntry) {
  return { at: utc(atMs), actorId, action, detail };
}

function personOf(person: Person) {
  const { id, externalId, address, aliases, status, generation, legalHold } = person;
  return {
    id,
    fullName: fullNameOf(person),
    ...(externalId === undefined ? {} : { externalId }),
    address,
    aliases,
    status,
    generation,
    ...(legalHold === undefined
      ? {}
      : {
          legalHold: {
            placedBy: legalHold.placedBy,
            placedAt: utc(legalHold.placedAtMs),
            reason: legalHold.reason,
          },
        }),
  };
}
