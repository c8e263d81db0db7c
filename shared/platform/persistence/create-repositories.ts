import { createApiKeyRepository, type ApiKeyRepository } from './api-key-repository.ts';
import { createApprovalRepository, type ApprovalRepository } from './approval-repository.ts';
import { createArchivePartRepository, type ArchivePartRepository } from './archive-part-repository.ts';
import { createAuditRepository, type AuditRepository } from './audit-repository.ts';
import { createCaseRepository, type CaseRepository } from './case-repository.ts';
import { createClaimRepository, type ClaimRepository } from './claim-repository.ts';
import type { Database } from './connect.ts';
import { createEvidenceRepository, type EvidenceRepository } from './evidence-repository.ts';
import { createFindingRepository, type FindingRepository } from './finding-repository.ts';
import { createGuardRepository, type GuardRepository } from './guard-repository.ts';
import { createIdempotencyRepository, type IdempotencyRepository } from './idempotency-repository.ts';
import { createImportRepository, type ImportRepository } from './import-repository.ts';
import { createLeaverWindowRepository, type LeaverWindowRepository } from './leaver-window-repository.ts';
import { createOrganisationRepository, type OrganisationRepository } from './organisation-repository.ts';
import { createPersonRepository, type PersonRepository } from './person-repository.ts';
import { createProcedureRepository, type ProcedureRepository } from './procedure-repository.ts';
import { createQuotaRepository, type QuotaRepository } from './quota-repository.ts';
import { createReassignmentRepository, type ReassignmentRepository } from './reassignment-repository.ts';
import { createReviewLinkRepository, type ReviewLinkRepository } from './review-link-repository.ts';
import { createReviewReportRepository, type ReviewReportRepository } from './review-report-repository.ts';
import { createReviewRepository, type ReviewRepository } from './review-repository.ts';
import { createSetupLinkRepository, type SetupLinkRepository } from './setup-link-repository.ts';
import { createTemplateRepository, type TemplateRepository } from './template-repository.ts';
import { translatingErrors } from './store-unavailable.ts';
import { createWelcomeRepository, type WelcomeRepository } from './welcome-repository.ts';

/** Everything stored. Methods throw `StoreUnavailable` when the database does not answer. */
export interface Repositories {
  readonly organisations: OrganisationRepository;
  readonly people: PersonRepository;
  readonly cases: CaseRepository;
  readonly claims: ClaimRepository;
  readonly evidence: EvidenceRepository;
  readonly archiveParts: ArchivePartRepository;
  readonly approvals: ApprovalRepository;
  readonly audit: AuditRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly idempotency: IdempotencyRepository;
  readonly setupLinks: SetupLinkRepository;
  readonly leaverWindows: LeaverWindowRepository;
  readonly guards: GuardRepository;
  readonly reassignments: ReassignmentRepository;
  readonly procedures: ProcedureRepository;
  readonly templates: TemplateRepository;
  readonly welcomes: WelcomeRepository;
  readonly imports: ImportRepository;
  /** Names that dry runs of imports would take. The organisation of each is the dry run. */
  readonly rehearsedClaims: ClaimRepository;
  readonly quotas: QuotaRepository;
  readonly reviews: ReviewRepository;
  readonly reviewReports: ReviewReportRepository;
  readonly reviewLinks: ReviewLinkRepository;
  readonly findings: FindingRepository;
}

export function createRepositories(database: Database): Repositories {
  const { connection } = database;
  return {
    organisations: translatingErrors(createOrganisationRepository(connection)),
    people: translatingErrors(createPersonRepository(connection)),
    cases: translatingErrors(createCaseRepository(connection)),
    claims: translatingErrors(createClaimRepository(connection)),
    evidence: translatingErrors(createEvidenceRepository(connection)),
    archiveParts: translatingErrors(createArchivePartRepository(connection)),
    approvals: translatingErrors(createApprovalRepository(connection)),
    audit: translatingErrors(createAuditRepository(connection)),
    apiKeys: translatingErrors(createApiKeyRepository(connection)),
    idempotency: translatingErrors(createIdempotencyRepository(connection)),
    reassignments: translatingErrors(createReassignmentRepository(connection)),
    setupLinks: translatingErrors(createSetupLinkRepository(connection)),
    leaverWindows: translatingErrors(createLeaverWindowRepository(connection)),
    guards: translatingErrors(createGuardRepository(connection)),
    procedures: translatingErrors(createProcedureRepository(connection)),
    templates: translatingErrors(createTemplateRepository(connection)),
    welcomes: translatingErrors(createWelcomeRepository(connection)),
    imports: translatingErrors(createImportRepository(connection)),
    rehearsedClaims: translatingErrors(createClaimRepository(connection, 'rehearsed_claims')),
    quotas: translatingErrors(createQuotaRepository(connection)),
    reviews: translatingErrors(createReviewRepository(connection)),
    reviewReports: translatingErrors(createReviewReportRepository(connection)),
    reviewLinks: translatingErrors(createReviewLinkRepository(connection)),
    findings: translatingErrors(createFindingRepository(connection)),
  };
}

/** Creates the indexes that are missing. Called once at the start of a process; repeating it changes nothing. */
export async function ensureIndexes(repositories: Repositories): Promise<void> {
  for (const repository of Object.values(repositories) as readonly { ensureIndexes(): Promise<void> }[]) {
    await repository.ensureIndexes();
  }
}
