import type { CaseOf, CaseRecord } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import type { AuditEntry } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { evidenceView } from '../cases/case-view.ts';
import { departureView } from '../departures/departure-view.ts';
import { utc } from '../http/instants.ts';
import { actorNames } from '../keys/actor-names.ts';
import { hashOfJson } from './canonical-json.ts';

/** Reading the evidence is entered in the audit and is no part of it, so that the same evidence has the same hash. */
export const EVIDENCE_READ = 'evidence.read';

const PAGE = 200;
/** What somebody other than the engine decided about a case. */
const DECISIONS: ReadonlySet<string> = new Set(
  ['approveStep', 'skipStep', 'completeChecklistItem', 'releaseCase', 'placeLegalHold', 'liftLegalHold'].map(
    (name) => `departure.${name}`,
  ),
);

type EvidenceContext = Pick<ApiContext, 'repositories' | 'calendar'>;
export type EvidencePack = Awaited<ReturnType<typeof readEvidence>>;

/**
 * Everything that is known of a departure, from the database alone: it outlives the account and the case. `sha256` is of the
 * canonical JSON of all the rest.
 */
export async function readEvidence(context: EvidenceContext, record: CaseOf<'departure'>) {
  const { orgId, id } = record;
  const { people, evidence, archiveParts } = context.repositories;
  const person = await people.get(orgId, record.personId);
  const proofs = await evidence.listByCase(orgId, id);
  const commands = (await auditOf(context, orgId, id)).map(commandView);
  const parts = await archiveParts.listByCase(orgId, id);
  const { steps, ...departure } = departureView(record, proofs, context.calendar);
  const pack = {
    format: 'gangway-evidence@1',
    organisationId: orgId,
    departure,
    ...(person === undefined ? {} : { person: personOf(person) }),
    ...(record.guardHeld === undefined ? {} : { guardHeld: record.guardHeld }),
    actors: await actorNames(context, orgId, [record.requestedBy, ...commands.map(({ actorId }) => actorId)]),
    decisions: commands.filter(({ action }) => DECISIONS.has(action)),
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
